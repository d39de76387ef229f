import { z } from 'zod';
import { MAIN_ACCOUNT } from './accounts.js';
import { BIND_STATUSES, CREDENTIAL_TYPES, USER_STATUSES } from './messages/simple-types.js';
import { CREDENTIAL_STATUSES } from './state/records.js';
import { FINAL_PUSH_STATUSES, PUSH_DETAILS } from './statuses.js';

const accountId = z.string().default(MAIN_ACCOUNT);
const credentialKey = {
  credentialId: z.string(),
  credentialType: z.enum(CREDENTIAL_TYPES).default('STANDARD_OTP'),
};

// Bodies of the control interface's verbs.

export const endPushSchema = z.strictObject({
  accountId,
  transactionId: z.string(),
  status: z.enum(FINAL_PUSH_STATUSES),
  detail: z.enum(PUSH_DETAILS).optional(),
  /** Who answered; default the first it was sent to. */
  credential: z.strictObject(credentialKey).optional(),
  /** Told to callers of version 1.8 and later. */
  deviceInfo: z
    .array(z.strictObject({ Key: z.string(), Value: z.string() }))
    .max(50)
    .default([]),
});

export const createUserSchema = z.strictObject({
  accountId,
  userId: z.string().min(1).max(128),
  pin: z.string().optional(),
  credentials: z
    .array(z.strictObject({ ...credentialKey, friendlyName: z.string().max(128).optional() }))
    .max(20)
    .default([]),
});

export const setUserStatusSchema = z.strictObject({
  accountId,
  userId: z.string(),
  status: z.enum(USER_STATUSES),
});

export const setCredentialStatusSchema = z.strictObject({
  accountId,
  ...credentialKey,
  status: z.enum(CREDENTIAL_STATUSES),
});

export const setBindingStatusSchema = z.strictObject({
  accountId,
  userId: z.string(),
  ...credentialKey,
  status: z.enum(BIND_STATUSES),
});

export const configureSchema = z.strictObject({
  consumePushes: z.boolean().optional(),
  sentCodes: z.enum(['fixed', 'random']).optional(),
  stepMs: z.int().min(0).optional(),
});

export const codeSchema = z.strictObject({
  credentialId: z.string(),
  ahead: z.int().min(0).default(0),
});

const hexCode = z.string().regex(/^([0-9A-Fa-f]{2})+$/);

export const injectOutcomeSchema = z.strictObject({
  /** Default any. */
  operation: z.string().optional(),
  status: hexCode,
  statusMessage: z.string().default('An outcome that was asked for.'),
  detail: hexCode.optional(),
  detailMessage: z.string().optional(),
  /** For how many calls, default 1. */
  count: z.int().min(1).default(1),
});
