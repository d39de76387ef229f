import { z } from 'zod';
import { flag, instant, orNull, text } from './values.js';

/** Answer to an App Suite login (dossier 1.4). */
export const appSuiteSession = z.object({
  session: z.string().regex(/^[\w.~-]+$/),
  user: text,
  user_id: z.number().int(),
  context_id: z.number().int(),
  locale: text,
});

const settings = z
  .object({
    pgpdefault: flag,
    pgpsign: flag,
    inline: flag,
    noDeletePrivate: flag,
    noRecovery: flag,
    noDeleteRecovery: flag,
    min_password_length: orNull(z.number().int()),
    password_length: orNull(z.number().int()),
  })
  .transform((wire) => ({
    encryptsByDefault: wire.pgpdefault,
    signsByDefault: wire.pgpsign,
    inlineByDefault: wire.inline,
    forbidsDeletingPrivateKeys: wire.noDeletePrivate,
    forbidsRecovery: wire.noRecovery,
    forbidsDeletingRecovery: wire.noDeleteRecovery,
    minPasswordLength: wire.min_password_length,
    generatedPasswordLength: wire.password_length,
  }));

/** `LoginResponse`. */
export const loginAnswer = z.object({
  server: text,
  cid: z.number().int(),
  primaryEmail: z.string(),
  pubKey: text,
  auth: text,
  recoveryAvail: flag,
  lang: orNull(z.record(z.string(), z.string())),
  settings: orNull(settings),
});

/** `GuestLoginResponse`. */
export const guestLoginAnswer = z.object({
  productName: text,
  auth: z.string(),
  recoveryAvail: flag,
  settings: orNull(z.object({ min_password_length: orNull(z.number().int()) })),
});

/** `AuthResponse`. */
export const authAnswer = z.object({ auth: z.string().min(1) });

/** `AuthToken`; without one there is no object, or an empty one (dossier 2.6). */
export const authToken = orNull(
  z.object({
    auth: text,
    minutesValid: orNull(z.number().int()),
    createdOn: orNull(instant),
  }),
);

/** `KeyPresence`. */
export const keyPresence = z.object({ hasPrivateKey: z.boolean(), hasPublicKey: z.boolean() });
export type KeyPresence = z.infer<typeof keyPresence>;
export type GuardSettings = z.infer<typeof settings>;
