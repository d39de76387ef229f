import { z } from 'zod';
import type { CallCounters } from '../kit/call-counters.js';
import { ControlError, verb, type ControlInterface } from '../kit/control.js';
import { faultSchema, type Fault, type FaultInjector } from '../kit/faults.js';
import { pushView, tokenView, type PushView, type TokenView } from './control-views.js';
import {
  advanceClockSchema,
  codeSchema,
  configureSchema,
  endPushSchema,
  injectOutcomeSchema,
  setBindingStatusSchema,
  setCredentialStatusSchema,
  setUserStatusSchema,
} from './control-input.js';
import type { OutcomeInjector } from './soap/outcome-injector.js';
import { requireBinding, type Account } from './state/account.js';
import type { SentMessage } from './state/outbox.js';
import { endPush, settlePushes } from './state/pushes.js';
import type { Settings, World } from './state/world.js';
import { Refusal } from './statuses.js';

/** Moves the simulated service from outside. Where an account is named, the main one is the default. */
export interface VipidentityControl {
  /** What a phone or the service would do to an open push. */
  endPush(input: z.input<typeof endPushSchema>): void;
  setUserStatus(input: z.input<typeof setUserStatusSchema>): void;
  setCredentialStatus(input: z.input<typeof setCredentialStatusSchema>): void;
  setBindingStatus(input: z.input<typeof setBindingStatusSchema>): void;
  /** Changes what is given and keeps the rest. */
  configure(input: z.input<typeof configureSchema>): void;
  settings(): Settings;
  /** What a token shows now, or `ahead` codes later. */
  code(input: z.input<typeof codeSchema>): string;
  /** All software tokens that were mentioned, with the secrets which their apps hold. */
  tokens(): TokenView[];
  /** What phones got by SMS and voice, newest first, 200 at most. */
  outbox(): SentMessage[];
  /** All pushes that can still be read, as the phones see them. */
  pushes(): PushView[];
  /** Moves the service's time ahead of the real one; it stays ahead over restarts. */
  advanceClock(input: z.input<typeof advanceClockSchema>): void;
  /** ISO 8601, the service's time. */
  time(): string;
  /** Lets the next calls go wrong on the way; operations are called as in the WSDL: `pollPushStatus`. */
  injectFault(fault: Fault): void;
  /** Lets the next calls end with a status, whatever they ask for and without effect. */
  injectOutcome(input: z.input<typeof injectOutcomeSchema>): void;
  /** Forgets what waits of both. */
  clearFaults(): void;
  /** How often each operation was called. */
  calls(): Readonly<Record<string, number>>;
  resetCalls(): void;
}

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly world: World;
  readonly faults: FaultInjector;
  readonly outcomes: OutcomeInjector;
  readonly counters: CallCounters;
}

export function createControl({ world, faults, outcomes, counters }: ControlledParts): VipidentityControl {
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
    endPush: (input) => {
      const { accountId, transactionId, credential, ...end } = endPushSchema.parse(input);
      change(accountId, (account) => {
        settlePushes(account);
        const push = account.pushes.get(transactionId);
        if (push === undefined || push.end !== undefined)
          throw new ControlError('no open push has this transactionId');
        const answering = credential === undefined ? {} : { credential };
        endPush(account, push, { at: account.now(), ...end, ...answering });
      });
    },
    setUserStatus: (input) => {
      const { accountId, userId, status } = setUserStatusSchema.parse(input);
      change(accountId, (account) => {
        account.user(userId).status = status;
      });
    },
    setCredentialStatus: (input) => {
      const { accountId, status, ...key } = setCredentialStatusSchema.parse(input);
      change(accountId, (account) => account.setCredentialStatus(account.credential(key), status));
    },
    setBindingStatus: (input) => {
      const { accountId, userId, status, ...key } = setBindingStatusSchema.parse(input);
      change(accountId, (account) => {
        requireBinding(account.user(userId), key).status = status;
      });
    },
    configure: (input) => {
      const { settings } = world;
      const { consumePushes, sentCodes, stepMs } = configureSchema.parse(input);
      settings.consumePushes = consumePushes ?? settings.consumePushes;
      settings.sentCodes = sentCodes ?? settings.sentCodes;
      settings.stepMs = stepMs ?? settings.stepMs;
    },
    settings: () => ({ ...world.settings }),
    code: (input) => {
      const { credentialId, ahead } = codeSchema.parse(input);
      return world.tokens.code(credentialId, world.now(), ahead);
    },
    tokens: () => world.accounts().flatMap((account) => tokenView(account)),
    outbox: () => world.outbox.newest(),
    pushes: () => world.accounts().flatMap((account) => pushView(account)),
    advanceClock: (input) => world.advance(advanceClockSchema.parse(input).ms),
    time: () => new Date(world.now()).toISOString(),
    injectFault: (fault) => faults.inject(fault),
    injectOutcome: (input) => {
      const { operation, count, ...outcome } = injectOutcomeSchema.parse(input);
      outcomes.inject(operation, outcome, count);
    },
    clearFaults: () => {
      faults.clear();
      outcomes.clear();
    },
    calls: () => counters.snapshot(),
    resetCalls: () => counters.reset(),
  };
}

/** The same functions, for the loopback control port. */
export function controlInterface(control: VipidentityControl): ControlInterface {
  const nothing = z.strictObject({});
  return {
    verbs: {
      endPush: verb(endPushSchema, control.endPush),
      setUserStatus: verb(setUserStatusSchema, control.setUserStatus),
      setCredentialStatus: verb(setCredentialStatusSchema, control.setCredentialStatus),
      setBindingStatus: verb(setBindingStatusSchema, control.setBindingStatus),
      configure: verb(configureSchema, control.configure),
      code: verb(codeSchema, control.code),
      advanceClock: verb(advanceClockSchema, control.advanceClock),
      injectFault: verb(faultSchema, control.injectFault),
      injectOutcome: verb(injectOutcomeSchema, control.injectOutcome),
      clearFaults: verb(nothing, control.clearFaults),
      resetCalls: verb(nothing, control.resetCalls),
    },
    nouns: {
      settings: control.settings,
      tokens: control.tokens,
      outbox: control.outbox,
      pushes: control.pushes,
      time: control.time,
      calls: control.calls,
    },
  };
}
