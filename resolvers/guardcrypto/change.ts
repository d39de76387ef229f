import type { GraphQLResolveInfo } from 'graphql';
import { UseMiddleware } from 'type-graphql';
import type { Access } from '../../src/providers/guardcrypto/access.js';
import { attempt } from '../shared/attempt.js';
import { countAttempt } from '../../src/subgraph/attempt-limit.js';
import { once } from '../shared/once.js';
import type { Problem } from '../../src/subgraph/problem.type.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import type { GuardContext } from './context.js';
import type { Told } from './live.service.js';

/** Tries at the key passwords of one user, the successful ones among them. */
const ATTEMPTS = { limit: 20, windowMs: 15 * 60_000 };

/** For root fields that check a password: an operation may hold one of them. */
export function ChecksPassword(): MethodDecorator {
  const mark = VerifiesSecret() as MethodDecorator;
  const check = UseMiddleware(({ info }: { info: GraphQLResolveInfo }, next) => {
    requireSingleVerification(info);
    return next();
  }) as MethodDecorator;
  return (...target) => {
    mark(...target);
    check(...target);
  };
}

export interface Change<Input> {
  /** Name of the mutation. */
  readonly operation: string;
  readonly input: Input;
  /** Whether a key password is checked; it must then be a `ChecksPassword` field. */
  readonly checksPassword?: boolean;
  /** What followers are told of afterwards. */
  readonly tells?: readonly Told[];
}

/**
 * Does a command in the caller's session, once per idempotency key, and tells those who follow.
 * @param work answers what survives a turn through JSON
 */
export function change<Input extends { idempotencyKey?: string | null }, Result, Payload extends object>(
  context: GuardContext,
  { operation, input, checksPassword = false, tells = [] }: Change<Input>,
  work: (access: Access) => Promise<Result>,
  toPayload: (result: Result, access: Access) => Payload | Promise<Payload>,
): Promise<Payload | { readonly problem: Problem }> {
  const { caller, services } = context;
  return attempt(async () => {
    const access = await services.sessions.of(caller);
    const result = await once(context, operation, input, async () => {
      if (checksPassword) await countPassword(context, access);
      return work(access);
    });
    for (const what of tells) await services.live.tell(caller, access, what);
    return toPayload(result, access);
  });
}

function countPassword({ services }: GuardContext, { userId, contextId }: Access): Promise<void> {
  return countAttempt(services.records, ['guardcrypto', 'key', `${contextId}`, `${userId}`], ATTEMPTS);
}
