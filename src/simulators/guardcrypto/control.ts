import { z } from 'zod';
import type { CallCounters } from '../kit/call-counters.js';
import { ControlError, verb, type ControlInterface } from '../kit/control.js';
import { faultSchema, type Fault, type FaultInjector } from '../kit/faults.js';
import type { Envelope } from './envelope.js';
import type { LoggedRequest, RequestLog } from './request-log.js';
import { makeSampleFiles, type SampleFiles } from './smime/sample-files.js';
import { generatePasswordKey } from './state/encrypted-password.js';
import type { SentMail } from './state/outbox.js';
import type { Account } from './state/state.js';
import { CRYPTO_TYPES } from './state/tokens.js';
import type { World } from './state/world.js';

const advanceClockSchema = z.strictObject({ ms: z.int().min(0) });
const accountSchema = z.strictObject({ email: z.string() });
const consumeTokenSchema = z.strictObject({ email: z.string(), type: z.enum(CRYPTO_TYPES).default('PGP') });
const newKeyAlgorithmSchema = z.strictObject({ algorithm: z.enum(['rsa', 'ecc']) });
const certificateServiceSchema = z.strictObject({ email: z.string(), available: z.boolean() });
const wireFormSchema = z.strictObject({
  keyIds: z.enum(['number', 'text']).optional(),
  categories: z.enum(['text', 'list']).optional(),
});

/** An account as an administrator would see it. */
export interface AccountView {
  readonly id: number;
  readonly contextId: number;
  readonly email: string;
  readonly guest: boolean;
  readonly rings: number;
  readonly certificates: number;
  readonly sessions: number;
  /** Wrong key passwords in a row. */
  readonly wrongPasswords: number;
  readonly locked: boolean;
}

/** Moves the simulated Guard from outside. Waits for the seeds where they are needed. */
export interface GuardCryptoControl {
  /** Moves the server's time ahead of the real one; it stays ahead over restarts. */
  advanceClock(input: z.infer<typeof advanceClockSchema>): Promise<void>;
  /** ISO 8601, the server's time. */
  time(): Promise<string>;
  accounts(): Promise<AccountView[]>;
  /** The newest 200 mails the server sent by itself, with the passwords and reset ids in them. */
  outbox(): Promise<readonly SentMail[]>;
  /** Files to try uploads of certificates with. */
  sampleFiles(): Promise<SampleFiles>;
  /** Another client of the user uses the token: one for a single use disappears from every session. */
  consumeToken(input: z.input<typeof consumeTokenSchema>): Promise<void>;
  /** Ends the App Suite sessions of a user. */
  endSessions(input: z.infer<typeof accountSchema>): Promise<void>;
  /** A locked account may try again at once. */
  unlockAccount(input: z.infer<typeof accountSchema>): Promise<void>;
  /** Whether `createCertificate` works for a user. */
  setCertificateService(input: z.infer<typeof certificateServiceSchema>): Promise<void>;
  /** Of rings made from now on; `rsa` at start. */
  setNewKeyAlgorithm(input: z.infer<typeof newKeyAlgorithmSchema>): Promise<void>;
  /** What a restarted server does: what was encrypted for the former key is a wrong password. */
  rotatePasswordKey(): Promise<void>;
  /** Chooses spellings a client must cope with; `number` and `text` at start. */
  setWireForm(input: z.infer<typeof wireFormSchema>): void;
  /** Lets the next calls go wrong; the operations are those of `OPERATIONS`, `unknown`, `lookUpKeys`, `downloadExposedKey`. */
  injectFault(fault: Fault): void;
  clearFaults(): void;
  /** How often each operation was called. */
  calls(): Readonly<Record<string, number>>;
  resetCalls(): void;
  /** The newest 200 requests, by the names of their parameters. */
  requests(): readonly LoggedRequest[];
}

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly world: () => Promise<World>;
  readonly envelope: Envelope;
  readonly faults: FaultInjector;
  readonly counters: CallCounters;
  readonly log: RequestLog;
}

export function createControl(parts: ControlledParts): GuardCryptoControl {
  const { envelope, faults, counters, log } = parts;
  const change = async (apply: (world: World) => void | Promise<void>): Promise<void> => {
    const world = await parts.world();
    await apply(world);
    world.save();
  };
  return {
    advanceClock: ({ ms }) => change((world) => world.advance(ms)),
    time: async () => (await parts.world()).now().toISOString(),
    accounts: async () => {
      const world = await parts.world();
      return world.state.accounts.map((account) => view(world, account));
    },
    outbox: async () => (await parts.world()).outbox.list(),
    sampleFiles: async () => {
      const world = await parts.world();
      return makeSampleFiles(world.state.authority, world.now());
    },
    consumeToken: ({ email, type = 'PGP' }) =>
      change((world) => {
        const tokens = world.sessions
          .of(find(world, email).id)
          .flatMap(({ id }) => world.tokens.attached(id, type) ?? []);
        if (tokens.length === 0) throw new ControlError('this user has no token in any session');
        for (const { auth } of tokens) world.tokens.spend(auth);
      }),
    endSessions: ({ email }) =>
      change((world) => {
        for (const session of world.sessions.of(find(world, email).id)) world.sessions.end(session);
      }),
    unlockAccount: ({ email }) =>
      change((world) => void Object.assign(find(world, email), { wrongPasswords: 0, lockedUntil: 0 })),
    setCertificateService: ({ email, available }) =>
      change((world) => {
        find(world, email).canCreateCertificates = available;
      }),
    setNewKeyAlgorithm: ({ algorithm }) =>
      change((world) => {
        world.newKeyAlgorithm = algorithm;
      }),
    rotatePasswordKey: () =>
      change(async (world) => {
        world.state.passwordKey = await generatePasswordKey();
      }),
    setWireForm: ({ keyIds, categories }) => {
      if (keyIds !== undefined) envelope.form.keyIds = keyIds;
      if (categories !== undefined) envelope.form.categories = categories;
    },
    injectFault: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    calls: () => counters.snapshot(),
    resetCalls: () => counters.reset(),
    requests: () => log.list(),
  };
}

/** The same functions, for the loopback control port. */
export function controlInterface(control: GuardCryptoControl): ControlInterface {
  const nothing = z.strictObject({});
  return {
    verbs: {
      advanceClock: verb(advanceClockSchema, control.advanceClock),
      consumeToken: verb(consumeTokenSchema, control.consumeToken),
      endSessions: verb(accountSchema, control.endSessions),
      unlockAccount: verb(accountSchema, control.unlockAccount),
      setCertificateService: verb(certificateServiceSchema, control.setCertificateService),
      setNewKeyAlgorithm: verb(newKeyAlgorithmSchema, control.setNewKeyAlgorithm),
      rotatePasswordKey: verb(nothing, control.rotatePasswordKey),
      setWireForm: verb(wireFormSchema, control.setWireForm),
      injectFault: verb(faultSchema, control.injectFault),
      clearFaults: verb(nothing, control.clearFaults),
      resetCalls: verb(nothing, control.resetCalls),
    },
    nouns: {
      time: control.time,
      accounts: control.accounts,
      outbox: control.outbox,
      sampleFiles: control.sampleFiles,
      calls: control.calls,
      requests: control.requests,
    },
  };
}

function find(world: World, email: string): Account {
  const account = world.accountOf(email);
  if (account === undefined) throw new ControlError('no account has this address');
  return account;
}

function view(world: World, account: Account): AccountView {
  const { id, contextId, email, guest, wrongPasswords, lockedUntil } = account;
  const mine = ({ accountId }: { accountId: number }): boolean => accountId === id;
  return {
    id,
    contextId,
    email,
    guest: guest !== undefined,
    rings: world.state.rings.filter(mine).length,
    certificates: world.state.certificates.filter(mine).length,
    sessions: world.sessions.of(id).length,
    wrongPasswords,
    locked: world.clock.now() < lockedUntil,
  };
}
