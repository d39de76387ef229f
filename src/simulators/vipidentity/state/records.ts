import { z } from 'zod';
import { indexed } from '../../kit/json-file.js';
import { BIND_STATUSES, CREDENTIAL_TYPES, USER_STATUSES } from '../messages/simple-types.js';
import { FINAL_PUSH_STATUSES, PUSH_DETAILS } from '../statuses.js';

// What the service remembers. All times are milliseconds since the epoch.

export const CREDENTIAL_STATUSES = ['ENABLED', 'DISABLED', 'INACTIVE', 'LOCKED'] as const;

const credentialKeySchema = z.object({
  credentialType: z.enum(CREDENTIAL_TYPES),
  credentialId: z.string(),
});

/** Names a credential. */
export type CredentialKey = z.infer<typeof credentialKeySchema>;
export type CredentialType = CredentialKey['credentialType'];

/** The name alone of something that has one. */
export function keyOf({ credentialType, credentialId }: CredentialKey): CredentialKey {
  return { credentialType, credentialId };
}

/** The name alone as one text. */
export function nameOf({ credentialType, credentialId }: CredentialKey): string {
  return `${credentialType}/${credentialId}`;
}

/** A code that is good until a moment. */
const timedCodeSchema = z.object({ value: z.string(), expiresAt: z.number() });

const credentialSchema = credentialKeySchema.extend({
  status: z.enum(CREDENTIAL_STATUSES),
  updatedAt: z.number(),
  /** In a row. */
  wrongCodes: z.int(),
  /** Time step of the last code that was used: it and earlier ones are used up. */
  lastTimeStep: z.int().optional(),
  /** Last code sent to a phone or made for a service. */
  sentCode: timedCodeSchema.optional(),
  /** SHA-256 of what identifies a remembered device. */
  fingerprint: z.string().optional(),
});

export type Credential = z.infer<typeof credentialSchema>;
export type CredentialStatus = Credential['status'];

const bindingSchema = credentialKeySchema.extend({
  status: z.enum(BIND_STATUSES),
  friendlyName: z.string().optional(),
  trustedDevice: z.boolean().optional(),
  boundAt: z.number(),
  lastAuthnAt: z.number().optional(),
  lastAuthnId: z.string().optional(),
});

/** That a credential belongs to a user. */
export type Binding = z.infer<typeof bindingSchema>;

const userSchema = z.object({
  /** As typed; looked up ignoring case. */
  userId: z.string(),
  status: z.enum(USER_STATUSES),
  createdAt: z.number(),
  /** `once`: it expires when it is first used. */
  pin: timedCodeSchema.extend({ once: z.boolean() }).optional(),
  temporaryCode: timedCodeSchema.extend({ oneTimeUseOnly: z.boolean() }).optional(),
  /** In a row. */
  wrongCodes: z.int(),
  bindings: z.array(bindingSchema),
  riskEvents: z.array(z.object({ eventId: z.string(), createdAt: z.number(), tagId: z.string() })),
});

export type User = z.infer<typeof userSchema>;
export type UserStatus = User['status'];

const pairSchema = z.object({ Key: z.string(), Value: z.string() });

const pushEndSchema = z.object({
  at: z.number(),
  status: z.enum(FINAL_PUSH_STATUSES),
  detail: z.enum(PUSH_DETAILS).optional(),
  /** Who answered. */
  credential: credentialKeySchema.optional(),
  deviceInfo: z.array(pairSchema),
});

export type PushEnd = z.infer<typeof pushEndSchema>;

const pushSchema = z.object({
  transactionId: z.string(),
  userId: z.string().optional(),
  /** Where it was sent. */
  credentials: z.array(credentialKeySchema),
  /** Makes the answering credential active. */
  activate: z.boolean(),
  displayParameters: z.array(pairSchema),
  createdAt: z.number(),
  expiresAt: z.number(),
  /** How it ends by itself before it expires. */
  script: z.object({ at: z.number(), status: z.enum(FINAL_PUSH_STATUSES) }).optional(),
  end: pushEndSchema.optional(),
});

export type Push = z.infer<typeof pushSchema>;

const accountSchema = z.object({
  id: z.string(),
  /** By id in lower case. */
  users: indexed(userSchema, ({ userId }) => userId.toLowerCase()),
  credentials: indexed(credentialSchema, nameOf),
  pushes: indexed(pushSchema, ({ transactionId }) => transactionId),
});

/** All that is one customer's. */
export type AccountRecord = z.infer<typeof accountSchema>;

/** The file in which all of it survives a restart. */
export const stateSchema = z.object({ accounts: indexed(accountSchema, ({ id }) => id) });
