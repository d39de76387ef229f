import { checkAll, checkAllSoon } from '../check-all.js';
import { ProviderError, StoreUnavailableError } from '../provider-error.js';
import type { Owner } from '../owner.js';
import { rateRefusal } from '../rates/rates.js';
import type { Rates } from '../rates/rates.js';
import { limitAttempts } from './attempt-limit.js';
import type { SubgraphContext } from './context.js';
import { checkIds, toldOf } from './given.js';
import type { Given } from './given.js';
import { checkIdempotencyKey } from './idempotency.js';
import { refused } from './problem.type.js';
import type { Refused } from './problem.type.js';
import { ringChecks } from './rings.js';
import type { RungPerson } from './rings.js';
import { secretAttempts } from './secret-attempts.js';
import type { SecretTry } from './secret-attempts.js';

/** What every command takes besides its own input. */
export interface CommandArguments {
  readonly idempotencyKey?: string | null | undefined;
}

/** What a mutation with an effect does, step by step. Only the first two may say that nothing has happened. */
export interface CommandSteps<Prepared, Sent, Kept, Payload extends object> {
  /**
   * Checks what can be checked and finds what the effect needs, such as a session. Changes nothing anywhere, and is done
   * for a repetition too.
   */
  readonly prepare?: () => Promise<Prepared> | Prepared;
  /** The effect checks all that was entered, ids too, before it sends anything: then it tells all that is wrong. */
  readonly checksIds?: true;
  /** Which secrets the effect tries: the wrong ones are counted. */
  readonly tries?: (prepared: Prepared) => readonly SecretTry[] | Promise<readonly SecretTry[]>;
  /** Whose attention the effect takes, or `NOBODY`; each of them may be rung only so often. */
  readonly rings: (prepared: Prepared) => readonly RungPerson[];
  /** The call that changes something at the provider. */
  readonly effect: (prepared: Prepared) => Promise<Sent>;
  /**
   * Asks the provider what has become of the effect, when the key comes again and the outcome is unknown. Answers what was
   * sent, or undefined when it has not happened: then it is done. Throws as long as nobody can tell.
   */
  readonly ask?: (prepared: Prepared) => Promise<{ readonly sent: Sent } | undefined>;
  /** What the provider calls the thing, for whoever has to look for it when it could not be kept here. */
  readonly identify?: (sent: Sent) => string | undefined;
  /**
   * Keeps and tells what has happened. Done again, later, when the store failed; so it must do no harm twice. What it
   * answers is the result of the command, and must be the same after a turn through JSON. `at` is when it happened, in
   * milliseconds since the epoch, also when it is kept an hour later: whatever is kept twice is the same both times.
   */
  readonly after?: (sent: Sent, prepared: Prepared, at: number) => Promise<Kept>;
  /** The payload out of the result, also when an earlier command of the same key had it. */
  readonly answer: (kept: Kept, prepared: Prepared) => Promise<Payload> | Payload;
}

/**
 * Does what a mutation asks for: once per idempotency key, and never called undone once the provider was asked to do it.
 * An expected no is a `Problem`: in the payload, or for whoever calls this to put there.
 * @param operation name of the mutation
 * @throws whatever `prepare` throws that is no ProviderError
 */
export function command<
  Payload extends object,
  Sent,
  Prepared = undefined,
  Kept = Sent,
  Input extends CommandArguments = CommandArguments,
>(
  context: SubgraphContext<unknown>,
  operation: string,
  input: Input,
  steps: CommandSteps<Prepared, Sent, Kept, Payload>,
): Promise<Payload | Refused> {
  return answering(context, operation, async (given) => {
    const { caller, commands } = context;
    const { idempotencyKey: key, ...rest } = input;
    const [, prepared] = await checkAllSoon([
      () => steps.checksIds ?? checkIds(given),
      // Without that step there is nothing to hand on.
      () => steps.prepare?.() as Prepared | Promise<Prepared>,
      () => checkIdempotencyKey(key),
    ]);
    let reference: string | undefined;
    const kept = async (sent: Sent): Promise<Sent | Kept> => {
      const { after } = steps;
      reference = steps.identify?.(sent);
      if (!after) return sent;
      const at = commands.clock.now();
      try {
        return await after(sent, prepared, at);
      } catch (cause) {
        commands.logger.error({ event: 'command', operation, err: cause }, 'what was done could not be kept');
        if (cause instanceof StoreUnavailableError)
          commands.later.keep(operation, () => after(sent, prepared, at));
        throw new ProviderError('OUTCOME_UNKNOWN', { cause, reference });
      }
    };
    const done = await commands.idempotency.run(
      { owner: caller, operation, key, input: rest },
      async () => {
        await requireRate(commands.rates, caller);
        const rung = ringChecks(steps.rings(prepared), commands.rings);
        const attempts = await secretAttempts(commands, caller, (await steps.tries?.(prepared)) ?? []);
        const sent = await limitAttempts(commands.records, [...rung, ...attempts.checks], () =>
          effectOf(steps.effect, prepared),
        );
        await attempts.remember();
        return kept(sent);
      },
      steps.ask &&
        (async () => {
          const found = await steps.ask?.(prepared);
          return found && { result: await kept(found.sent) };
        }),
    );
    try {
      // Of a command without `after`, what was sent is the result.
      return await steps.answer(done as Kept, prepared);
    } catch (cause) {
      throw new ProviderError('OUTCOME_UNKNOWN', { cause, reference });
    }
  });
}

/**
 * The payload of a mutation that changes nothing at the provider, such as reading something again now: an expected no
 * becomes its `problem`.
 * @param check what was entered; all that is wrong is told
 */
export function lookup<Payload extends object>(
  context: Asked,
  operation: string,
  work: () => Promise<Payload>,
  check?: () => unknown,
): Promise<Payload | Refused> {
  return answering(context, operation, (given) => {
    checkAll([() => checkIds(given), () => check?.()]);
    return work();
  });
}

type Asked = Pick<SubgraphContext<unknown>, 'begun' | 'given'>;

/** Of a mutation without arguments. */
const NOTHING: Given = { input: undefined, ids: [] };

async function answering<Payload extends object>(
  { begun, given = NOTHING }: Asked,
  operation: string,
  work: (given: Given) => Promise<Payload>,
): Promise<Payload | Refused> {
  begun.add(operation);
  try {
    return await work(given);
  } catch (error) {
    if (error instanceof ProviderError) return refused(toldOf(error, given));
    throw error;
  }
}

/** @throws ProviderError RATE_LIMITED when the caller has sent as many commands as they may */
async function requireRate(rates: Rates, caller: Owner): Promise<void> {
  const state = await rates.take('effects', caller);
  if (state?.isAllowed !== false) return;
  throw new ProviderError('RATE_LIMITED', { message: rateRefusal(state), retryAfterMs: state.resetMs });
}

/** Only a provider's client can tell that nothing has happened; a fault of ours, or of our store, cannot. */
async function effectOf<Prepared, Sent>(
  effect: (prepared: Prepared) => Promise<Sent>,
  prepared: Prepared,
): Promise<Sent> {
  try {
    return await effect(prepared);
  } catch (error) {
    const isTelling = error instanceof ProviderError && !(error instanceof StoreUnavailableError);
    throw isTelling ? error : new ProviderError('OUTCOME_UNKNOWN', { cause: error });
  }
}
