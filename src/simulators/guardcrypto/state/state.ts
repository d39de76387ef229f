import { z } from 'zod';

/** A password the server keeps for resets, under its master key. */
const sealedSchema = z.string();

const accountSchema = z.object({
  id: z.int(),
  contextId: z.int(),
  name: z.string(),
  email: z.string(),
  secondaryEmail: z.string().optional(),
  locale: z.string(),
  /** Of the App Suite; a guest has none. */
  appSuitePassword: z.string().optional(),
  noRecovery: z.boolean(),
  noDeletePrivate: z.boolean(),
  canCreateCertificates: z.boolean(),
  /** Wrong key passwords since the last right one. */
  wrongPasswords: z.int(),
  /** Milliseconds since the epoch. */
  lockedUntil: z.number(),
  /** An outside recipient with a reader account. */
  guest: z
    .object({
      itemId: z.string(),
      pin: z.string().optional(),
      question: z.string().optional(),
      answer: z.string().optional(),
      /** Whether the guest chose a password; before that, none is needed. */
      passwordSet: z.boolean(),
      resetId: z.string().optional(),
    })
    .optional(),
});

const ringSchema = z.object({
  accountId: z.int(),
  /** Private ring, locked with the user's password; or a public ring that was uploaded alone. */
  armored: z.string(),
  current: z.boolean(),
  /** Milliseconds since the epoch. */
  passwordChangedAt: z.number(),
  recovery: sealedSchema.optional(),
});

const externalKeySchema = z.object({
  /** Account that holds it. */
  ownerId: z.int(),
  armored: z.string(),
  source: z.enum(['uploaded', 'autocrypt']),
  inline: z.boolean(),
  shareLevel: z.int(),
  verified: z.boolean(),
  /** Of an Autocrypt key: date of the mail it came with, milliseconds since the epoch. */
  lastSeenAt: z.number(),
});

const backupSchema = z.object({
  accountId: z.int(),
  contextId: z.int(),
  email: z.string(),
  armored: z.string(),
  exposed: z.object({ token: z.string(), until: z.number() }).optional(),
});

const certificateSchema = z.object({
  accountId: z.int(),
  /** PEM. */
  certificate: z.string(),
  /** PKCS#8 PEM, encrypted with the user's password. */
  key: z.string(),
  current: z.boolean(),
  recovery: sealedSchema.optional(),
});

/** Everything a simulator remembers over a restart. Sessions and tokens are not in it: a restart ends them. */
export const stateSchema = z.object({
  version: z.literal(1),
  /** Base64, 32 bytes. */
  masterKey: z.string(),
  /** PKCS#8 PEM of the RSA pair for `e_password`. */
  passwordKey: z.string(),
  /** Certification authority of the PKI service, PEM. */
  authority: z.object({ certificate: z.string(), key: z.string() }),
  accounts: z.array(accountSchema),
  rings: z.array(ringSchema),
  externalKeys: z.array(externalKeySchema),
  backups: z.array(backupSchema),
  certificates: z.array(certificateSchema),
  /** Of recipients, uploaded by an account; PEM. */
  recipientCertificates: z.array(z.object({ ownerId: z.int(), certificate: z.string() })),
  /** What key servers and directories know, by address. */
  directory: z.record(z.string(), z.string()),
});

export type State = z.infer<typeof stateSchema>;
export type Account = z.infer<typeof accountSchema>;
export type Ring = z.infer<typeof ringSchema>;
export type ExternalKey = z.infer<typeof externalKeySchema>;
export type CertificateEntry = z.infer<typeof certificateSchema>;
