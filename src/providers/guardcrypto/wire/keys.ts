import { z } from 'zod';
import { readable } from '../../kit/odd-parts.js';
import { fingerprint, flag, instant, keyId, listOf, orNull, text } from './values.js';

/** `PublicKey`. */
export const publicKey = z.object({
  id: keyId,
  expired: z.boolean(),
  hasPrivateKey: flag,
  fingerPrint: fingerprint,
  userIds: listOf(z.string()),
  encryptionKey: flag,
  masterKey: z.boolean(),
  /** Seconds from creation; 0: for ever. */
  validSeconds: z
    .number()
    .nullish()
    .transform((value) => value ?? 0),
  revoked: z.boolean(),
  creationTime: orNull(instant),
});

/** `PublicKeyRing`: the master key first. */
export const publicRing = z.object({ ring: text, hash: text, keys: z.array(publicKey) });

const privateRing = z.object({
  ring: text,
  keys: listOf(z.object({ id: keyId, masterKey: z.boolean(), expired: flag, userIds: listOf(z.string()) })),
});

/** `KeyRing`. */
export const keyRing = z.object({
  userId: z.number().int(),
  contextId: z.number().int(),
  current: z.boolean(),
  passwordModificationTimestamp: orNull(instant),
  publicRing: orNull(publicRing),
  privateRing: orNull(privateRing),
});

/** `KeyRingList`. */
export const keyRingList = z.object({ keyRings: readable(keyRing) });

const externalRing = z.object({
  /** Opaque: how the ring is named to the server. */
  ids: z.string(),
  shareLevel: orNull(z.number().int()),
  inline: flag,
  owned: flag,
  shared: flag,
  guardKey: flag,
  publicRing: orNull(publicRing),
});

/** `ExternalPublicKeyRingList`. */
export const externalRingList = z.object({ externalPublicKeyRings: readable(externalRing) });

/** `RecipientKey`; null when nothing is known. */
export const recipientKey = orNull(
  z.object({
    publicRing: orNull(publicRing),
    guest: flag,
    newKey: flag,
    newCreated: flag,
    keySource: orNull(
      z.object({ name: z.string(), trustLevel: orNull(z.number().int()), trusted: z.boolean() }),
    ),
  }),
);

/** `SignatureList`. */
export const signatureList = z.object({
  signatures: readable(
    z.object({
      signatureType: z.number().int(),
      description: text,
      userId: text,
      keyId: text,
      fingerPrint: orNull(fingerprint),
      issuer: text,
      issuerKeyId: text,
      issuerFingerPrint: orNull(fingerprint),
      verified: z.boolean(),
      keyMissing: flag,
      hashAlgorithm: orNull(z.number().int()),
      creationTime: orNull(instant),
      version: orNull(z.number().int()),
    }),
  ),
});

/** `AutocryptResult`. */
export const autocryptResult = z.object({ added: z.boolean(), keys: listOf(publicKey), new: flag });

export type PublicKey = z.infer<typeof publicKey>;
export type PublicRing = z.infer<typeof publicRing>;
export type KeyRing = z.infer<typeof keyRing>;
export type ExternalRing = z.infer<typeof externalRing>;
export type RecipientKey = NonNullable<z.infer<typeof recipientKey>>;
export type KeySignature = z.infer<typeof signatureList>['signatures'][number];
export type AutocryptResult = z.infer<typeof autocryptResult>;
