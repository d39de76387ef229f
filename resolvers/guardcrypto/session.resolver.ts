import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { checkNotEmpty } from '../../src/check-given.js';
import { checkAll } from '../../src/check-all.js';
import { refused } from '../../src/subgraph/problem.type.js';
import { sessionReplaced } from '../../src/subgraph/provider-sessions.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { command } from '../../src/subgraph/command.js';
import { ChecksPassword } from './change.js';
import type { GuardContext } from './context.js';
import { READ, WRITE } from './scopes.js';
import { SignInToGuardInput } from './session.input.js';
import { GuardSession, SignInToGuardPayload, SignOutOfGuardPayload, toSession } from './session.type.js';
import { signedIn } from './sessions.js';
import type { StoredSession } from './sessions.js';

@Resolver()
export class GuardSessionResolver {
  @RequiresScope(READ)
  @Query(() => GuardSession, {
    nullable: true,
    description: 'Your session at the App Suite; null when there is none. Calls nobody.',
  })
  async guardSession(@Ctx() { caller, services }: GuardContext): Promise<GuardSession | null> {
    const session = await services.sessions.find(caller);
    return session ? toSession(session) : null;
  }

  @ChecksPassword()
  @RequiresScope(READ, WRITE)
  @Mutation(() => SignInToGuardPayload, {
    description:
      'Signs in at the App Suite (its login, which Guard takes) and keeps the session for you, in place of an earlier one. Wrong passwords are counted per user name.',
  })
  signInToGuard(
    @Arg('input', () => SignInToGuardInput, { description: 'Who you are there.' })
    input: SignInToGuardInput,
    @Ctx() context: GuardContext,
  ): Promise<SignInToGuardPayload> {
    const { caller, services } = context;
    const { client, sessions, tokens } = services;
    const { username, password } = input;
    return command(
      context,
      'signInToGuard',
      {},
      {
        async prepare() {
          checkAll([
            () => checkNotEmpty('username', username.trim()),
            () => checkNotEmpty('password', password),
          ]);
          return { before: await sessions.find(caller), seen: await sessions.seen(caller) };
        },
        tries: () => [{ subject: ['guardcrypto', 'login', username.trim().toLowerCase()] }],
        rings: NOBODY,
        effect: () => client.accounts.signIn(username, password, context),
        async after(opened, { before, seen }, at) {
          const session = await sessions.open(caller, signedIn(opened, username, at), seen);
          if (!session) return null;
          if (before) {
            await tokens.forget(caller, before.id);
            await endAtProvider(context, before);
          }
          return session;
        },
        answer: (session) =>
          session ? { session: toSession(session) } : refused(sessionReplaced('guardcrypto')),
      },
    );
  }

  @RequiresScope(READ, WRITE)
  @Mutation(() => SignOutOfGuardPayload, {
    description:
      'Ends your session at the App Suite, and with it every token, and forgets it here. What you follow ends with CREDENTIAL_EXPIRED.',
  })
  signOutOfGuard(@Ctx() context: GuardContext): Promise<SignOutOfGuardPayload> {
    const { caller, services } = context;
    const { sessions, tokens } = services;
    return command(
      context,
      'signOutOfGuard',
      {},
      {
        rings: NOBODY,
        async effect() {
          const session = await sessions.close(caller);
          if (session) await endAtProvider(context, session);
          return session?.id ?? null;
        },
        async after(id) {
          if (id !== null) await tokens.forget(caller, id);
          return id !== null;
        },
        answer: (isSignedOut) => ({ isSignedOut }),
      },
    );
  }
}

/** Sessions that nobody ends count against a limit there; yet one that cannot be ended now ends by itself. */
async function endAtProvider(
  { caller, requestId, services }: GuardContext,
  session: StoredSession,
): Promise<void> {
  try {
    await services.client.accounts.signOut(services.sessions.accessOf(caller, session, requestId));
  } catch (error) {
    services.logger.warn({ provider: 'guardcrypto', err: error }, 'a session could not be ended');
  }
}
