import { z } from 'zod';
import { boxSchema } from './box.js';
import { enterpriseSettingsSchema, seededSettings } from './enterprise-settings.js';
import { favoriteSchema } from './favorites.js';
import { tokenSchema } from './tokens.js';

/** Everything that changes and outlives the process. */
export const worldSchema = z.object({
  /** How far the provider's time is ahead of the real one. */
  clockOffsetMs: z.number(),
  lastId: z.int(),
  /** By permalink. */
  settings: z.record(z.string(), enterpriseSettingsSchema),
  tokens: z.array(tokenSchema),
  favorites: z.array(favoriteSchema),
  boxes: z.array(boxSchema).transform((boxes) => new Map(boxes.map((box) => [box.guid, box]))),
});

export type World = z.output<typeof worldSchema>;

/** A world in which nothing has happened. */
export function emptyWorld(): World {
  return {
    clockOffsetMs: 0,
    lastId: 1000,
    settings: seededSettings(),
    tokens: [],
    favorites: [],
    boxes: new Map(),
  };
}
