import { z } from 'zod';
import { indexed } from '../../kit/json-file.js';

/** Addresses are compared in this form. */
export function normal(address: string): string {
  return address.trim().toLowerCase();
}

const TOKEN_KINDS = ['preauth', 'access', 'delegate', 'combined', 'preauth-dashboard', 'dashboard'] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

const tokenSchema = z.object({
  /** The JWT. */
  text: z.string(),
  kind: z.enum(TOKEN_KINDS),
  /** Canonical addresses it speaks for; more than one only when combined. */
  subjects: z.array(z.string()).min(1),
  identity: z.enum(['person', 'alias', 'device']),
  teamId: z.int().optional(),
  /** Milliseconds since the epoch, always a whole second. */
  expiresAt: z.number(),
  revoked: z.boolean(),
  /** The only address it may come from; any when absent. */
  boundIp: z.string().optional(),
});

const authorizationSchema = z.object({
  /** Text of the pre-auth token. */
  token: z.string(),
  user: z.string(),
  pin: z.string(),
  pinUsableAt: z.number(),
  linkSecret: z.string(),
  validatedBy: z.enum(['pin', 'link']).optional(),
  /** The user clicks by itself when the token was tried so often. */
  clicksAtAttempt: z.int().optional(),
  attempts: z.int(),
});

const subscriberSchema = z.object({
  id: z.int(),
  /** Canonical address. */
  user: z.string(),
  identity: z.enum(['person', 'alias', 'device']),
  /** Fully registered: the name is not free as an alias. */
  registered: z.boolean(),
  validated: z.boolean(),
  firstName: z.string(),
  lastName: z.string(),
  newsletter: z.boolean(),
  notifications: z.int(),
  /** Of the dashboard. */
  password: z.string().optional(),
  startsAt: z.number(),
  endsAt: z.number(),
});

const mailSchema = z.object({
  to: z.string(),
  channel: z.enum(['mail', 'sms']),
  kind: z.enum(['authorization', 'dashboard', 'farewell']),
  /** Milliseconds since the epoch. */
  arrivesAt: z.number(),
  pin: z.string().optional(),
  /** Path below the simulator's URL. */
  linkPath: z.string().optional(),
  text: z.string(),
});

const grantSchema = z.object({
  address: z.string(),
  /** The recipient as it was named, such as a group. */
  via: z.string(),
});

const keySchema = z.object({
  locator: z.string(),
  owner: z.string(),
  teamId: z.int().optional(),
  key: z.string(),
  grants: z.array(grantSchema),
  type: z.int(),
  meta: z.record(z.string(), z.unknown()),
  labels: z.array(z.string()),
  deleteOnRead: z.boolean(),
  createdAt: z.number(),
  expiresAt: z.number(),
  updatedAt: z.number(),
  state: z.enum(['available', 'expired', 'revoked', 'consumed']),
  /** What its labels let happen by itself. */
  revokedAt: z.number().optional(),
  fetchedAt: z.number().optional(),
  failure: z.object({ status: z.int(), left: z.int() }).optional(),
});

const eventSchema = z.object({
  id: z.int(),
  timestamp: z.number(),
  action: z.string(),
  user: z.string(),
  token: z.string(),
  teamId: z.int().optional(),
  data: z.string(),
  threat: z.int(),
  ip: z.string(),
});

const groupSchema = z.object({
  id: z.int(),
  teamId: z.int(),
  name: z.string(),
  members: z.array(z.string()),
});

const contactSchema = z.object({
  id: z.int(),
  teamId: z.int(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  phone: z.string(),
  title: z.string(),
  role: z.int(),
  notifications: z.int(),
  status: z.enum(['Invited', 'Validated', 'Disabled']),
  lastLoginAt: z.number(),
});

const teamSchema = z.object({
  id: z.int(),
  name: z.string(),
  domain: z.string(),
  locatorKey: z.string(),
});

const certificateSchema = z.object({
  id: z.int(),
  teamId: z.int(),
  tag: z.string(),
  fence: z.array(z.string()),
  enabled: z.boolean(),
  transportKey: z.string(),
  /** PEM. */
  certificate: z.string(),
});

const applicationSchema = z.object({ id: z.int(), teamId: z.int(), name: z.string() });

/** Everything that changes and outlives the process. */
export const recordsSchema = z.object({
  version: z.literal(1),
  lastId: z.int(),
  /** Base64: signs the tokens and seals the packets. */
  secret: z.string(),
  /** By canonical address, normalised. */
  subscribers: indexed(subscriberSchema, ({ user }) => normal(user)),
  /** By text. */
  tokens: indexed(tokenSchema, ({ text }) => text),
  authorizations: z.array(authorizationSchema),
  mails: z.array(mailSchema),
  /** By locator. */
  keys: indexed(keySchema, ({ locator }) => locator),
  /** Ids of the packets that were stored and may not come again, with the end of their time. */
  usedPackets: z.array(z.object({ id: z.string(), until: z.number() })),
  events: z.array(eventSchema),
  teams: z.array(teamSchema),
  groups: z.array(groupSchema),
  contacts: z.array(contactSchema),
  certificates: z.array(certificateSchema),
  applications: z.array(applicationSchema),
});

export type Records = z.infer<typeof recordsSchema>;
export type TokenRecord = z.infer<typeof tokenSchema>;
export type Authorization = z.infer<typeof authorizationSchema>;
export type Subscriber = z.infer<typeof subscriberSchema>;
export type Mail = z.infer<typeof mailSchema>;
export type KeyRecord = z.infer<typeof keySchema>;
export type KeyState = KeyRecord['state'];
export type EventRecord = z.infer<typeof eventSchema>;
export type Group = z.infer<typeof groupSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type Team = z.infer<typeof teamSchema>;
export type Certificate = z.infer<typeof certificateSchema>;
export type Application = z.infer<typeof applicationSchema>;

/** A world in which nothing has happened. @param secret base64. */
export function emptyRecords(secret: string): Records {
  return {
    version: 1,
    lastId: 1000,
    secret,
    subscribers: new Map(),
    tokens: new Map(),
    authorizations: [],
    mails: [],
    keys: new Map(),
    usedPackets: [],
    events: [],
    teams: [],
    groups: [],
    contacts: [],
    certificates: [],
    applications: [],
  };
}
