import { z } from 'zod';
import { jwt } from './answers.js';

/** `GET apikey` (dossier 3.2). */
export const apiKeyInfo = z.object({ scopes: z.array(z.string()) });
export type ApiKeyInfo = z.infer<typeof apiKeyInfo>;

/** `GET settings` (dossier 3.20). */
export const settings = z.object({
  user: z.string().min(1),
  newsletter: z.boolean().nullish(),
  notifications: z.number().int().nullish(),
});
export type Settings = z.infer<typeof settings>;

/** `GET subscriber` (dossier 3.21). */
export const subscriber = z
  .object({
    id: z.number(),
    user: z.string().optional(),
    usr: z.string().optional(),
    firstName: z.string().nullish(),
    lastName: z.string().nullish(),
    sub: z.string().nullish(),
    _sub: z.number().int().nullish(),
    starts: z.number().nullish(),
    ends: z.number().nullish(),
  })
  .transform(({ user, usr, sub, _sub, ...rest }) => ({
    ...rest,
    user: user ?? usr ?? null,
    subscription: sub ?? null,
    subscriptionCode: _sub ?? null,
  }));
export type Subscriber = z.infer<typeof subscriber>;

/** `POST combined` (dossier 3.22). */
export const combinedToken = z.object({ token: jwt, merged: z.number().int().min(0) });

/** Decrypted answer to a device that signs in (dossier 3.6 and 3.7). */
export const deviceAnswer = z.object({ access_token: z.string().min(1) });

/** `POST certificate` (dossier 3.8). */
export const certificateBundle = z.object({
  id: z.number().int(),
  transportKey: z.string().min(1),
  clientCert: z.string().min(1),
  clientKey: z.string().min(1),
});
export type CertificateBundle = z.infer<typeof certificateBundle>;
