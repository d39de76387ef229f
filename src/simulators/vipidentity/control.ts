import { ControlError, does, nothing, shows } from '../kit/control.js';
import type { Control } from '../kit/simulate.js';
import type { FaultInjector } from '../kit/faults.js';
import { requireOperation } from '../kit/standard-control.js';
import {
  codeSchema,
  configureSchema,
  createUserSchema,
  endPushSchema,
  injectOutcomeSchema,
  setBindingStatusSchema,
  setCredentialStatusSchema,
  setUserStatusSchema,
} from './control-input.js';
import { pushView, tokenView } from './control-views.js';
import { SERVICES } from './services.js';
import type { OutcomeInjector } from './soap/outcome-injector.js';
import { requireBinding, type Account } from './state/account.js';
import { endPush, settlePushes } from './state/pushes.js';
import { plantUser } from './state/seeds.js';
import type { Settings } from './state/surroundings.js';
import type { World } from './state/world.js';
import { Refusal } from './statuses.js';

const OPERATIONS = SERVICES.flatMap(({ operations }) => operations.map(({ name }) => name));

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly world: World;
  readonly faults: FaultInjector;
  readonly outcomes: OutcomeInjector;
}

/** How the simulated service is moved from outside. Where an account is named, the main one is the default. */
export function controlOf(parts: ControlledParts) {
  return { verbs: verbsOf(parts), nouns: nounsOf(parts) };
}

/** Moves the simulated service from outside. */
export type VipidentityControl = Control<ReturnType<typeof controlOf>>;

function verbsOf({ world, faults, outcomes }: ControlledParts) {
  const change = (accountId: string, act: (account: Account) => void): void => {
    const account = world.account(accountId);
    if (account === undefined) throw new ControlError('there is no such account');
    try {
      act(account);
    } catch (error) {
      if (error instanceof Refusal) throw new ControlError(error.message);
      throw error;
    }
    world.save();
  };
  return {
    endPush: does(
      endPushSchema,
      'What a phone or the service would do to an open push.',
      ({ accountId, transactionId, credential, ...end }) =>
        change(accountId, (account) => {
          settlePushes(account);
          const push = account.pushes.get(transactionId);
          if (push === undefined || push.end !== undefined)
            throw new ControlError('no open push has this transactionId');
          const answering = credential === undefined ? {} : { credential };
          endPush(account, push, { at: account.now(), ...end, ...answering });
        }),
    ),
    createUser: does(
      createUserSchema,
      'Adds a user with enabled credentials; one that gets its codes by SMS or voice is named by its telephone number.',
      ({ accountId, ...user }) => change(accountId, (account) => void plantUser(account, user)),
    ),
    setUserStatus: does(setUserStatusSchema, 'Sets the status of a user.', ({ accountId, userId, status }) =>
      change(accountId, (account) => {
        account.user(userId).status = status;
      }),
    ),
    setCredentialStatus: does(
      setCredentialStatusSchema,
      'Sets the status of a credential.',
      ({ accountId, status, ...key }) =>
        change(accountId, (account) => account.setCredentialStatus(account.credential(key), status)),
    ),
    setBindingStatus: does(
      setBindingStatusSchema,
      "Sets the status of a user's binding to a credential.",
      ({ accountId, userId, status, ...key }) =>
        change(accountId, (account) => {
          requireBinding(account.user(userId), key).status = status;
        }),
    ),
    configure: does(
      configureSchema,
      'Changes what is given and keeps the rest: whether the end of a push can be read once, codes sent to phones, milliseconds per step of a push.',
      ({ consumePushes, sentCodes, stepMs }) => {
        const { settings } = world;
        settings.consumePushes = consumePushes ?? settings.consumePushes;
        settings.sentCodes = sentCodes ?? settings.sentCodes;
        settings.stepMs = stepMs ?? settings.stepMs;
      },
    ),
    code: does(
      codeSchema,
      'Answers with what a token shows now, or `ahead` codes later.',
      ({ credentialId, ahead }) => world.tokens.code(credentialId, world.now(), ahead),
    ),
    injectOutcome: does(
      injectOutcomeSchema,
      'Lets the next calls end with a status, whatever they ask for and without effect.',
      ({ operation, count, ...outcome }) => {
        requireOperation(operation, OPERATIONS);
        outcomes.inject(operation, outcome, count);
      },
    ),
    clearFaults: does(nothing, 'Forgets the faults and outcomes that still wait for their call.', () => {
      faults.clear();
      outcomes.clear();
    }),
  };
}

function nounsOf({ world }: ControlledParts) {
  return {
    settings: shows('What `configure` has set.', (): Settings => ({ ...world.settings })),
    tokens: shows('All software tokens that were mentioned, with the secrets which their apps hold.', () =>
      world.accounts().flatMap((account) => tokenView(account)),
    ),
    outbox: shows('What phones got by SMS and voice, newest first, 200 at most.', () =>
      world.outbox.newest(),
    ),
    pushes: shows('All pushes that can still be read, as the phones see them.', () =>
      world.accounts().flatMap((account) => pushView(account)),
    ),
  };
}
