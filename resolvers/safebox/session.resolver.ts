import { createHash } from 'node:crypto';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { ownerKey } from '../../src/owner.js';
import { invalidInput } from '../../src/provider-error.js';
import type { StoredSession } from './sessions.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import { countAttempt } from '../../src/subgraph/attempt-limit.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import type { SafeboxContext } from './context.js';
import { SignInToSafeBoxInput } from './session.input.js';
import { SafeBoxAccess, SignInToSafeBoxPayload, SignOutOfSafeBoxPayload } from './session.type.js';
import type { SafeBoxSession } from './session.type.js';

/** Sign-ins that may be tried for one user name. */
const ATTEMPTS = { limit: 10, windowMs: 15 * 60_000 };

@Resolver()
export class SafeBoxSessionResolver {
  @RequiresScope('safebox:read')
  @Query(() => SafeBoxAccess, { description: 'With what the provider is asked for you. Calls nobody.' })
  async safeBoxAccess(@Ctx() { caller, services }: SafeboxContext): Promise<SafeBoxAccess> {
    const session = await services.sessions.find(ownerKey(caller));
    return {
      session: session ? toSession(services.client.account, session) : null,
      hasEnterpriseToken: services.sessions.enterprise !== undefined,
    };
  }

  @VerifiesSecret()
  @RequiresScope('safebox:write')
  @Mutation(() => SignInToSafeBoxPayload, {
    description:
      'Signs in at the provider (get_user_token) and keeps the session for you, in place of an earlier one. At most 10 attempts per user name in 15 minutes.',
  })
  signInToSafeBox(
    @Arg('input', () => SignInToSafeBoxInput, { description: 'Who you are there.' })
    { username, password, oneTimePassword }: SignInToSafeBoxInput,
    @Ctx() { caller, services }: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SignInToSafeBoxPayload> {
    requireSingleVerification(info);
    return attempt(async () => {
      const owner = ownerKey(caller);
      if (username.trim() === '') throw invalidInput(['username'], 'username must not be empty.');
      await countAttempt(
        services.records,
        ['safebox', services.client.account, username.trim().toLowerCase()],
        ATTEMPTS,
      );
      const { token, userId } = await services.client.signIn({
        username,
        password,
        oneTimePassword: oneTimePassword ?? null,
        // One device per caller: the provider repeats its token for a known one.
        deviceId: `sealgraph-${createHash('sha256').update(owner).digest('hex').slice(0, 16)}`,
        deviceName: 'Sealgraph',
      });
      const { session, replaced } = await services.sessions.open(owner, { token, userId, username });
      if (replaced !== null) await services.boxes.endFollowing({ owner, access: replaced });
      return { session: toSession(services.client.account, session) };
    });
  }

  @RequiresScope('safebox:write')
  @Mutation(() => SignOutOfSafeBoxPayload, {
    description:
      'Forgets your session here; the provider has no call for ending a token. What you follow ends at once with CREDENTIAL_EXPIRED.',
  })
  signOutOfSafeBox(@Ctx() { caller, services }: SafeboxContext): Promise<SignOutOfSafeBoxPayload> {
    return attempt(async () => {
      const owner = ownerKey(caller);
      const session = await services.sessions.find(owner);
      const signedOut = await services.sessions.close(owner);
      if (session) await services.boxes.endFollowing({ owner, access: session.id });
      return { signedOut };
    });
  }
}

function toSession(
  account: string,
  { userId, username, signedInAt, expiresAt, token }: StoredSession,
): SafeBoxSession {
  return {
    account,
    userId,
    username,
    signedInAt: new Date(signedInAt),
    expiresAt: new Date(expiresAt),
    token,
  };
}
