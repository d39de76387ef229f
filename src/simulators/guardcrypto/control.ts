import { z } from 'zod';
import { ControlError, does, nothing, shows } from '../kit/control.js';
import type { Control } from '../kit/simulate.js';
import { ADVANCES_CLOCK, advanceClockSchema } from '../kit/standard-control.js';
import type { Envelope } from './envelope.js';
import type { RequestLog } from './request-log.js';
import { newAccount } from './seeds.js';
import { makeSampleFiles } from './smime/sample-files.js';
import { generatePasswordKey } from './state/encrypted-password.js';
import type { Account } from './state/state.js';
import { CRYPTO_TYPES } from './state/tokens.js';
import type { World } from './state/world.js';

const accountSchema = z.strictObject({ email: z.string() });
const createAccountSchema = z.strictObject({
  email: z.email(),
  name: z.string().min(1),
  /** Of the App Suite. */
  password: z.string().min(1),
});
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

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly world: () => Promise<World>;
  readonly envelope: Envelope;
  readonly log: RequestLog;
}

/** How the simulated Guard is moved from outside. Waits for the seeds where they are needed. */
export function controlOf(parts: ControlledParts) {
  return { verbs: verbsOf(parts), nouns: nounsOf(parts) };
}

/** Moves the simulated Guard from outside. */
export type GuardCryptoControl = Control<ReturnType<typeof controlOf>>;

function verbsOf({ world: ready, envelope }: ControlledParts) {
  const change = async (apply: (world: World) => void | Promise<void>): Promise<void> => {
    const world = await ready();
    await apply(world);
    world.save();
  };
  return {
    advanceClock: does(advanceClockSchema, ADVANCES_CLOCK, ({ ms }) =>
      change((world) => world.clock.advance(ms)),
    ),
    createAccount: does(
      createAccountSchema,
      'Adds a user of the first context, without keys; `password` is that of the App Suite.',
      ({ email, name, password }) =>
        change((world) => {
          if (world.accountOf(email) !== undefined) throw new ControlError('there is such an account');
          const { accounts } = world.state;
          const id =
            1 + Math.max(...accounts.filter(({ guest }) => guest === undefined).map((one) => one.id));
          accounts.push(newAccount(id, { email, name, appSuitePassword: password }));
        }),
    ),
    consumeToken: does(
      consumeTokenSchema,
      'Another client of the user uses the token: one for a single use disappears from every session.',
      ({ email, type }) =>
        change((world) => {
          const tokens = world.sessions
            .of(find(world, email).id)
            .flatMap(({ id }) => world.tokens.attached(id, type) ?? []);
          if (tokens.length === 0) throw new ControlError('this user has no token in any session');
          for (const { auth } of tokens) world.tokens.spend(auth);
        }),
    ),
    endSessions: does(accountSchema, 'Ends the App Suite sessions of a user.', ({ email }) =>
      change((world) => {
        for (const session of world.sessions.of(find(world, email).id)) world.sessions.end(session);
      }),
    ),
    unlockAccount: does(accountSchema, 'A locked account may try again at once.', ({ email }) =>
      change((world) => void Object.assign(find(world, email), { wrongPasswords: 0, lockedUntil: 0 })),
    ),
    setCertificateService: does(
      certificateServiceSchema,
      'Whether `createCertificate` works for a user.',
      ({ email, available }) =>
        change((world) => {
          find(world, email).canCreateCertificates = available;
        }),
    ),
    setNewKeyAlgorithm: does(
      newKeyAlgorithmSchema,
      'Algorithm of rings made from now on; `rsa` at start.',
      ({ algorithm }) =>
        change((world) => {
          world.newKeyAlgorithm = algorithm;
        }),
    ),
    rotatePasswordKey: does(
      nothing,
      'What a restarted server does: what was encrypted for the former key is a wrong password.',
      () =>
        change(async (world) => {
          world.state.passwordKey = await generatePasswordKey();
        }),
    ),
    setWireForm: does(
      wireFormSchema,
      'Chooses spellings a client must cope with; `number` and `text` at start.',
      ({ keyIds, categories }) => {
        if (keyIds !== undefined) envelope.form.keyIds = keyIds;
        if (categories !== undefined) envelope.form.categories = categories;
      },
    ),
  };
}

function nounsOf({ world: ready, log }: ControlledParts) {
  return {
    time: shows("The server's time, ISO 8601.", async () => (await ready()).now().toISOString()),
    accounts: shows('The accounts as an administrator would see them.', async () => {
      const world = await ready();
      return world.state.accounts.map((account) => view(world, account));
    }),
    outbox: shows(
      'The newest 200 mails the server sent by itself, with the passwords and reset ids in them.',
      async () => (await ready()).outbox.list(),
    ),
    sampleFiles: shows('Files to try uploads of certificates with.', async () => {
      const world = await ready();
      return makeSampleFiles(world.state.authority, world.now());
    }),
    requests: shows('The newest 200 requests, by the names of their parameters.', () => log.list()),
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
