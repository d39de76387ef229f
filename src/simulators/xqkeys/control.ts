import { z } from 'zod';
import { ControlError, does, nothing, shows } from '../kit/control.js';
import type { Control } from '../kit/simulate.js';
import type { ApiKeys } from './api-keys.js';
import { clickLink, newestAuthorization } from './state/authorizations.js';
import { dialectSchema } from './state/dialect.js';
import { endKey, readKey, settle, settleAll, storeKey } from './state/keys.js';
import { arrivedMails } from './state/mails.js';
import { namedRecipients } from './state/recipients.js';
import type { EventRecord, KeyRecord, KeyState } from './state/records.js';
import { seed, type CertificateFiles } from './state/seeds.js';
import { teamOf } from './state/teams.js';
import { revokeTokensOf } from './state/tokens.js';
import type { World } from './state/world.js';
import { Refusal } from './wire/refusal.js';

const userSchema = z.strictObject({ user: z.string() });
const locatorSchema = z.strictObject({ locator: z.string() });
const readKeySchema = z.strictObject({ locator: z.string(), user: z.string() });
const createKeysSchema = z.strictObject({
  count: z.int().min(1).max(10_000),
  owner: z.string().default('ana@example.com'),
  recipients: z.array(z.string()).default(['bo@example.com']),
  lifetimeMs: z
    .int()
    .min(0)
    .default(24 * 60 * 60 * 1000),
  subject: z.string().default('Numbered'),
});
const certificateSchema = z.strictObject({ id: z.int(), enabled: z.boolean() });
const apiKeySchema = z.strictObject({ key: z.enum(['general', 'dashboard']), enabled: z.boolean() });
const dialectChangeSchema = z.strictObject({
  metaAsText: z.boolean().optional(),
  preAuthMs: dialectSchema.shape.preAuthMs.unwrap().optional(),
  accessMs: dialectSchema.shape.accessMs.unwrap().optional(),
  dashboardMs: dialectSchema.shape.dashboardMs.unwrap().optional(),
  pin: dialectSchema.shape.pin.unwrap().optional(),
});

const LISTED = 200;

/** A mail or text message that a user got. */
export interface MailView {
  readonly to: string;
  readonly channel: 'mail' | 'sms';
  /** Sign-in, dashboard link, or goodbye. */
  readonly kind: 'authorization' | 'dashboard' | 'farewell';
  /** ISO 8601. */
  readonly arrivedAt: string;
  readonly pin?: string;
  /** To be followed with GET; that of a dashboard mail answers with a pre-auth token. */
  readonly link?: string;
  readonly text: string;
}

/** A key as the provider's administrators would see it: without its text. */
export interface KeyView {
  readonly locator: string;
  readonly owner: string;
  readonly state: KeyState;
  readonly recipients: readonly string[];
  readonly deleteOnRead: boolean;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly world: World;
  readonly apiKeys: ApiKeys;
  readonly files: CertificateFiles;
  /** Of the simulator, without a trailing slash. */
  readonly origin: () => string;
}

/** How the simulated provider is moved from outside. */
export function controlOf(parts: ControlledParts) {
  return { verbs: verbsOf(parts), nouns: nounsOf(parts) };
}

/** Moves the simulated provider from outside. */
export type XQKeysControl = Control<ReturnType<typeof controlOf>>;

function verbsOf({ world, apiKeys, files }: ControlledParts) {
  return {
    clickLink: does(
      userSchema,
      'The user follows the link of the newest sign-in that still waits for it.',
      ({ user }) => {
        const waiting = newestAuthorization(world, user);
        if (waiting === undefined) throw new ControlError('no sign-in of this user waits');
        clickLink(world, waiting.linkSecret);
      },
    ),
    revokeKey: does(locatorSchema, 'Takes a key from everybody, whoever owns it.', ({ locator }) =>
      endKey(world, availableKey(world, locator)),
    ),
    readKey: does(
      readKeySchema,
      'Somebody who may reads the key elsewhere; reading may use it up.',
      (input) => readAs(world, input),
    ),
    createKeys: does(
      createKeysSchema,
      'Stores keys, one like the other; answers with their locators.',
      (input) => createKeys(world, input),
    ),
    enableCertificate: does(
      certificateSchema,
      'Enables or disables a device certificate.',
      ({ id, enabled }) => {
        const certificate = world.records.certificates.find((other) => other.id === id);
        if (certificate === undefined) throw new ControlError('there is no such certificate');
        certificate.enabled = enabled;
        world.changed();
      },
    ),
    enableApiKey: does(
      apiKeySchema,
      'Makes an API key good or bad; both are good at start.',
      ({ key, enabled }) => apiKeys.setEnabled(key, enabled),
    ),
    revokeTokens: does(userSchema, 'Ends all tokens of a user; answers how many.', ({ user }) =>
      revokeTokensOf(world, user),
    ),
    changeDialect: does(
      dialectChangeSchema,
      'Changes the PIN, lifetimes of tokens issued from now on, and what sources tell in two ways.',
      (change) => {
        world.dialect = dialectSchema.parse({ ...world.dialect, ...change });
      },
    ),
    reset: does(nothing, 'Back to the seeds; the time stays, the tokens end.', () => {
      world.clear();
      apiKeys.reset();
      seed(world, files);
    }),
  };
}

function nounsOf(parts: ControlledParts) {
  const { world } = parts;
  return {
    outbox: shows('What users were sent, with PINs and links: the newest 200, newest first.', () =>
      outbox(parts),
    ),
    keys: shows('The newest 200 keys without their texts, newest first.', () => {
      settleAll(world);
      return [...world.keys.values()].slice(-LISTED).reverse().map(keyView);
    }),
    events: shows('The newest 200 of the audit trail, oldest first.', (): EventRecord[] => {
      settleAll(world);
      return world.records.events.slice(-LISTED);
    }),
    certificates: shows('The device certificates.', () =>
      world.records.certificates.map(({ id, tag, enabled }) => ({ id, tag, enabled })),
    ),
  };
}

function outbox({ world, origin }: ControlledParts): MailView[] {
  const url = origin();
  return arrivedMails(world)
    .slice(0, LISTED)
    .map(({ to, channel, kind, arrivesAt, pin, linkPath, text }) => ({
      to,
      channel,
      kind,
      arrivedAt: iso(arrivesAt),
      ...(pin === undefined ? {} : { pin }),
      ...(linkPath === undefined ? {} : { link: url + linkPath }),
      text: linkPath === undefined ? text : text.replaceAll(linkPath, url + linkPath),
    }));
}

function availableKey(world: World, locator: string): KeyRecord {
  const key = world.keys.get(locator);
  if (key === undefined) throw new ControlError('there is no such key');
  settle(world, key);
  if (key.state !== 'available') throw new ControlError(`the key is ${key.state}`);
  return key;
}

function readAs(world: World, { locator, user }: z.infer<typeof readKeySchema>): void {
  const key = availableKey(world, locator);
  const reader = {
    text: '',
    kind: 'access',
    subjects: [user],
    identity: 'person',
    expiresAt: Infinity,
    revoked: false,
  } as const;
  try {
    readKey(world, key, { ...reader, subjects: [...reader.subjects] }, '');
  } catch (error) {
    if (error instanceof Refusal) throw new ControlError(error.message);
    throw error;
  }
}

function createKeys(world: World, input: z.output<typeof createKeysSchema>): string[] {
  const { count, owner, recipients, lifetimeMs, subject } = input;
  return Array.from({ length: count }, (_, index) => {
    const numbered = `${subject} ${index + 1}`;
    return storeKey(world, {
      key: `.1${world.secretText()}`,
      owner,
      teamId: teamOf(world, owner)?.id,
      recipients,
      lifetimeMs,
      type: 1,
      meta: { subject: numbered, title: numbered },
      labels: [],
      deleteOnRead: false,
    }).locator;
  });
}

function keyView(key: KeyRecord): KeyView {
  const { locator, owner, state, deleteOnRead, expiresAt } = key;
  return { locator, owner, state, recipients: namedRecipients(key), deleteOnRead, expiresAt: iso(expiresAt) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
