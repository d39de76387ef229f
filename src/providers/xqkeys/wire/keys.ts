import { z } from 'zod';
import { LIMITS } from '../packet.js';
import { locator as locatorText } from './answers.js';

/** One stored key; whose it is, unless only its place in the list says so. */
export interface StoredKey {
  readonly key: string | null;
  readonly locator: string;
}

/** Answer to storing many: one member per element, `{ "<key>": "<locator>" }`; other shapes occur (doubt 8). */
export const tokensResult = z.object({
  tokens: z.array(
    z.union([
      locatorText.transform((locator): StoredKey => ({ key: null, locator })),
      z.object({ locator_token: locatorText }).transform(({ locator_token: locator }): StoredKey => ({
        key: null,
        locator,
      })),
      z.record(z.string(), locatorText).transform((element, context): StoredKey => {
        const [member, another] = Object.entries(element);
        if (member && !another) return { key: member[0], locator: member[1] };
        context.addIssue({ code: 'custom', message: 'holds no locator' });
        return z.NEVER;
      }),
    ]),
  ),
});

/** `POST keys`: the other way round, `{ "<locator>": "<key>" }` (dossier 3.17). */
export const exportedKeys = z.object({
  exported: z.array(
    z
      .record(locatorText, z.string().min(1).max(LIMITS.keyCharacters))
      .refine((element) => Object.keys(element).length > 0),
  ),
});

/** `GET expiration` (dossier 3.19): seconds left, in spite of its name. */
export const expiration = z.object({ expiresOn: z.number() });
