import { z } from 'zod';
import type { CallCounters } from '../kit/call-counters.js';
import { ControlError, verb, type ControlInterface } from '../kit/control.js';
import { faultSchema, type Fault, type FaultInjector } from '../kit/faults.js';
import type { ApiKeys } from './routes/api-keys.js';
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

const advanceClockSchema = z.strictObject({ ms: z.int().min(0) });
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

export interface CertificateView {
  readonly id: number;
  readonly tag: string;
  readonly enabled: boolean;
}

/** Moves the simulated provider from outside. */
export interface XQKeysControl {
  /** Moves its time ahead of the real one; it stays ahead over restarts. */
  advanceClock(input: z.infer<typeof advanceClockSchema>): void;
  /** ISO 8601, the provider's time. */
  time(): string;
  /** What users were sent, newest 200, newest first. */
  outbox(): MailView[];
  /** The user follows the link of the newest sign-in that still waits for it. */
  clickLink(input: z.infer<typeof userSchema>): void;
  /** Takes a key from everybody, whoever owns it. */
  revokeKey(input: z.infer<typeof locatorSchema>): void;
  /** Somebody who may reads the key elsewhere; reading may use it up. */
  readKey(input: z.infer<typeof readKeySchema>): void;
  /** Stores keys, one like the other; their locators. */
  createKeys(input: z.input<typeof createKeysSchema>): string[];
  enableCertificate(input: z.infer<typeof certificateSchema>): void;
  /** Both are good at start. */
  enableApiKey(input: z.infer<typeof apiKeySchema>): void;
  /** Ends all tokens of a user; how many. */
  revokeTokens(input: z.infer<typeof userSchema>): number;
  /** Changes PIN, lifetimes of tokens issued from now on, and what sources tell in two ways. */
  changeDialect(input: z.infer<typeof dialectChangeSchema>): void;
  /** The newest 200, newest first. */
  keys(): KeyView[];
  /** The newest 200 of the audit trail, oldest first. */
  events(): EventRecord[];
  certificates(): CertificateView[];
  /** Back to the seeds; the time stays, the tokens end. */
  reset(): void;
  /** Lets the next calls go wrong; operations are those counted by `calls`. */
  injectFault(fault: Fault): void;
  clearFaults(): void;
  /** How often each operation was called. */
  calls(): Readonly<Record<string, number>>;
  resetCalls(): void;
}

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly world: World;
  readonly apiKeys: ApiKeys;
  readonly faults: FaultInjector;
  readonly counters: CallCounters;
  readonly files: CertificateFiles;
  /** Of the simulator, without a trailing slash. */
  readonly url: string;
}

export function createControl(parts: ControlledParts): XQKeysControl {
  const { world, apiKeys, faults, counters, files } = parts;
  return {
    advanceClock: ({ ms }) => world.advance(ms),
    time: () => iso(world.now()),
    outbox: () => outbox(parts),
    clickLink({ user }) {
      const waiting = newestAuthorization(world, user);
      if (waiting === undefined) throw new ControlError('no sign-in of this user waits');
      clickLink(world, waiting.linkSecret);
    },
    revokeKey: ({ locator }) => endKey(world, availableKey(world, locator)),
    readKey: (input) => readAs(world, input),
    createKeys: (input) => createKeys(world, createKeysSchema.parse(input)),
    enableCertificate({ id, enabled }) {
      const certificate = world.records.certificates.find((other) => other.id === id);
      if (certificate === undefined) throw new ControlError('there is no such certificate');
      certificate.enabled = enabled;
      world.changed();
    },
    enableApiKey: ({ key, enabled }) => apiKeys.setEnabled(key, enabled),
    revokeTokens: ({ user }) => revokeTokensOf(world, user),
    changeDialect(change) {
      world.dialect = dialectSchema.parse({ ...world.dialect, ...change });
    },
    keys() {
      settleAll(world);
      return [...world.keys.values()].slice(-LISTED).reverse().map(keyView);
    },
    events() {
      settleAll(world);
      return world.records.events.slice(-LISTED);
    },
    certificates: () => world.records.certificates.map(({ id, tag, enabled }) => ({ id, tag, enabled })),
    reset() {
      world.clear();
      apiKeys.reset();
      seed(world, files);
    },
    injectFault: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    calls: () => counters.snapshot(),
    resetCalls: () => counters.reset(),
  };
}

/** The same functions, for the loopback control port. */
export function controlInterface(control: XQKeysControl): ControlInterface {
  const none = z.strictObject({});
  return {
    verbs: {
      advanceClock: verb(advanceClockSchema, control.advanceClock),
      clickLink: verb(userSchema, control.clickLink),
      revokeKey: verb(locatorSchema, control.revokeKey),
      readKey: verb(readKeySchema, control.readKey),
      createKeys: verb(createKeysSchema, control.createKeys),
      enableCertificate: verb(certificateSchema, control.enableCertificate),
      enableApiKey: verb(apiKeySchema, control.enableApiKey),
      revokeTokens: verb(userSchema, control.revokeTokens),
      changeDialect: verb(dialectChangeSchema, control.changeDialect),
      reset: verb(none, control.reset),
      injectFault: verb(faultSchema, control.injectFault),
      clearFaults: verb(none, control.clearFaults),
      resetCalls: verb(none, control.resetCalls),
    },
    nouns: {
      time: control.time,
      outbox: control.outbox,
      keys: control.keys,
      events: control.events,
      certificates: control.certificates,
      calls: control.calls,
    },
  };
}

function outbox({ world, url }: ControlledParts): MailView[] {
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
