import { z } from 'zod';
import { indexed } from '../../kit/json-file.js';
import { boxSchema } from './box.js';
import { contactMethodSchema } from './contact-methods.js';
import { enterpriseSettingsSchema, seededSettings } from './enterprise-settings.js';

/** An API token: of one user on one device, or, without a username, the enterprise access token. */
const tokenSchema = z.object({
  token: z.string(),
  enterprise: z.string(),
  username: z.string().nullable(),
  device: z.string(),
});

/** A person whom a user writes to often. */
const favoriteSchema = z.object({
  id: z.int(),
  userId: z.int(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  companyName: z.string(),
  alwaysPromote: z.boolean(),
  orderNumber: z.int(),
  contactMethods: z.array(contactMethodSchema),
  createdAt: z.number(),
  updatedAt: z.number(),
});

/** Everything that changes and outlives the process. */
export const worldSchema = z.object({
  lastId: z.int(),
  /** By permalink. */
  settings: z.record(z.string(), enterpriseSettingsSchema),
  tokens: z.array(tokenSchema),
  favorites: z.array(favoriteSchema),
  /** By guid. */
  boxes: indexed(boxSchema, ({ guid }) => guid),
});

export type World = z.output<typeof worldSchema>;
export type Favorite = z.infer<typeof favoriteSchema>;

/** A world in which nothing has happened. */
export function emptyWorld(): World {
  return { lastId: 1000, settings: seededSettings(), tokens: [], favorites: [], boxes: new Map() };
}
