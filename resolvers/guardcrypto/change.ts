import type { GraphQLResolveInfo } from 'graphql';
import { UseMiddleware } from 'type-graphql';
import type { Access } from '../../src/providers/guardcrypto/access.js';
import type { RungPerson } from '../../src/subgraph/rings.js';
import { command } from '../../src/subgraph/command.js';
import type { CommandArguments } from '../../src/subgraph/command.js';
import type { Refused } from '../../src/subgraph/problem.type.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import type { GuardContext } from './context.js';
import type { Told } from './live.service.js';

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

/** The steps of a `command()` in the caller's session. */
export interface Change<Prepared, Sent, Payload extends object> {
  /** Whether a key password is tried; it must then be a `ChecksPassword` field. */
  readonly checksPassword?: boolean;
  /** What followers are told of afterwards. */
  readonly tells?: readonly Told[];
  /** Checks what was entered. */
  readonly prepare?: (access: Access) => Promise<Prepared> | Prepared;
  /** Whose attention it takes, or `NOBODY`. */
  readonly rings: (access: Access, prepared: Prepared) => readonly RungPerson[];
  readonly effect: (access: Access, prepared: Prepared) => Promise<Sent>;
  readonly answer: (sent: Sent, access: Access) => Payload | Promise<Payload>;
}

/** The same, of which something is kept here. */
export interface KeptChange<Prepared, Sent, Kept, Payload extends object> extends Omit<
  Change<Prepared, Sent, Payload>,
  'answer'
> {
  readonly after: (sent: Sent, access: Access) => Promise<Kept>;
  readonly answer: (kept: Kept, access: Access) => Payload | Promise<Payload>;
}

/** Does a command in the caller's session, and tells those who follow. */
export function change<
  Payload extends object,
  Sent,
  Prepared = undefined,
  Input extends CommandArguments = CommandArguments,
>(
  context: GuardContext,
  operation: string,
  input: Input,
  steps: Change<Prepared, Sent, Payload>,
): Promise<Payload | Refused> {
  return changeAndKeep(context, operation, input, { ...steps, after: (sent) => Promise.resolve(sent) });
}

/** Does a command in the caller's session, keeps what is needed of it, and tells those who follow. */
export function changeAndKeep<
  Payload extends object,
  Sent,
  Kept,
  Prepared = undefined,
  Input extends CommandArguments = CommandArguments,
>(
  context: GuardContext,
  operation: string,
  input: Input,
  steps: KeptChange<Prepared, Sent, Kept, Payload>,
): Promise<Payload | Refused> {
  const { caller, services } = context;
  const { checksPassword = false, tells = [], prepare, rings, effect, after, answer } = steps;
  return command(context, operation, input, {
    prepare: async () => {
      const access = await services.sessions.access(context);
      // Without that step there is nothing to hand on.
      return { access, prepared: (await prepare?.(access)) as Prepared };
    },
    tries: ({ access: { contextId, userId } }) =>
      checksPassword ? [{ subject: ['guardcrypto', 'key', `${contextId}`, `${userId}`] }] : [],
    rings: ({ access, prepared }) => rings(access, prepared),
    effect: ({ access, prepared }) => effect(access, prepared),
    after: async (sent, { access }) => {
      const kept = await after(sent, access);
      for (const what of tells) await services.live.tell(caller, access, what);
      return kept;
    },
    answer: (kept, { access }) => answer(kept, access),
  });
}
