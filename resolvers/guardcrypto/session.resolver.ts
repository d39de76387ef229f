import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { ownerKey } from '../../src/owner.js';
import { invalidInput } from '../../src/provider-error.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import { countAttempt } from '../../src/subgraph/attempt-limit.js';
import { ChecksPassword } from './change.js';
import type { GuardContext } from './context.js';
import { READ, WRITE } from './scopes.js';
import { SignInToGuardInput } from './session.input.js';
import { GuardSession, SignInToGuardPayload, SignOutOfGuardPayload, toSession } from './session.type.js';
import type { StoredSession } from './sessions.js';

/** Sign-ins that may be tried for one user name. */
const ATTEMPTS = { limit: 10, windowMs: 15 * 60_000 };

@Resolver()
export class GuardSessionResolver {
  @RequiresScope(READ)
  @Query(() => GuardSession, {
    nullable: true,
    description: 'Your session at the App Suite; null when there is none. Calls nobody.',
  })
  async guardSession(@Ctx() { caller, services }: GuardContext): Promise<GuardSession | null> {
    const session = await services.sessions.find(ownerKey(caller));
    return session ? toSession(session) : null;
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => SignInToGuardPayload, {
    description:
      'Signs in at the App Suite (its login, which Guard takes) and keeps the session for you, in place of an earlier one. At most 10 attempts per user name in 15 minutes.',
  })
  signInToGuard(
    @Arg('input', () => SignInToGuardInput, { description: 'Who you are there.' })
    { username, password }: SignInToGuardInput,
    @Ctx() context: GuardContext,
  ): Promise<SignInToGuardPayload> {
    const { caller, services } = context;
    return attempt(async () => {
      const owner = ownerKey(caller);
      if (username.trim() === '') throw invalidInput(['username'], 'username must not be empty.');
      if (password === '') throw invalidInput(['password'], 'password must not be empty.');
      await countAttempt(services.records, ['guardcrypto', 'login', username.toLowerCase()], ATTEMPTS);
      const opened = await services.client.accounts.signIn(username, password);
      const before = await services.sessions.find(owner);
      const session = await services.sessions.open(owner, { ...opened, username });
      if (before) await endAtProvider(context, before);
      return { session: toSession(session) };
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => SignOutOfGuardPayload, {
    description:
      'Ends your session at the App Suite, and with it every token, and forgets it here. What you follow ends with CREDENTIAL_EXPIRED.',
  })
  signOutOfGuard(@Ctx() context: GuardContext): Promise<SignOutOfGuardPayload> {
    const { caller, services } = context;
    return attempt(async () => {
      const session = await services.sessions.find(ownerKey(caller));
      if (!session) return { signedOut: false };
      await services.sessions.close(ownerKey(caller));
      await endAtProvider(context, session);
      return { signedOut: true };
    });
  }
}

/** Sessions that nobody ends count against a limit there; yet one that cannot be ended now ends by itself. */
async function endAtProvider({ caller, services }: GuardContext, session: StoredSession): Promise<void> {
  try {
    await services.client.accounts.signOut(services.sessions.accessOf(ownerKey(caller), session));
  } catch (error) {
    services.logger.warn({ provider: 'guardcrypto', err: error }, 'a session could not be ended');
  }
}
