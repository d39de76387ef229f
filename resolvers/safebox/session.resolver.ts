import { createHash } from 'node:crypto';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkFilled, checkNotEmpty } from '../../src/check-given.js';
import { ownerKey } from '../../src/owner.js';
import { PROVIDER } from '../../src/providers/safebox/errors.js';
import { command, lookup } from '../../src/subgraph/command.js';
import { refused } from '../../src/subgraph/problem.type.js';
import { sessionReplaced } from '../../src/subgraph/provider-sessions.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import { SESSION_MS } from './accesses.js';
import type { StoredSession } from './accesses.js';
import { READ, WRITE } from './context.js';
import type { SafeboxContext } from './context.js';
import { SignInToSafeBoxInput } from './session.input.js';
import { SafeBoxAccess, SignInToSafeBoxPayload, SignOutOfSafeBoxPayload } from './session.type.js';
import type { SafeBoxSession } from './session.type.js';

@Resolver()
export class SafeBoxSessionResolver {
  @RequiresScope(READ)
  @Query(() => SafeBoxAccess, {
    nullable: true,
    description: 'With what the provider is asked for you. Calls nobody.',
  })
  async safeBoxAccess(@Ctx() { caller, services }: SafeboxContext): Promise<SafeBoxAccess> {
    const { accesses, client } = services;
    const session = await accesses.sessions.find(caller);
    return {
      session: session ? toSession(client.account, session) : null,
      hasEnterpriseToken: accesses.hasEnterpriseToken,
    };
  }

  @VerifiesSecret()
  @RequiresScope(READ, WRITE)
  @Mutation(() => SignInToSafeBoxPayload, {
    description:
      'Signs in at the provider (get_user_token) and keeps the session for you, in place of an earlier one. Wrong passwords are counted per user name.',
  })
  signInToSafeBox(
    @Arg('input', () => SignInToSafeBoxInput, { description: 'Who you are there.' })
    input: SignInToSafeBoxInput,
    @Ctx() context: SafeboxContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SignInToSafeBoxPayload> {
    requireSingleVerification(info);
    const { caller, services } = context;
    const { accesses, client } = services;
    const { username, password, oneTimePassword } = input;
    // Without a key there is nothing to compare the input with, which holds secrets.
    return command(
      context,
      'signInToSafeBox',
      {},
      {
        prepare: () => {
          checkAll([() => checkFilled('username', username), () => checkNotEmpty('password', password)]);
          return accesses.sessions.seen(caller);
        },
        tries: () => [{ subject: [PROVIDER, client.account, username.trim().toLowerCase()] }],
        rings: NOBODY,
        effect: () =>
          client.signIn(
            {
              username,
              password,
              oneTimePassword: oneTimePassword ?? null,
              deviceId: deviceOf(ownerKey(caller)),
              deviceName: 'Sealgraph',
            },
            context,
          ),
        after: async ({ token, userId }, seen, at) =>
          (await accesses.sessions.open(
            caller,
            { token, userId, username, expiresAt: at + SESSION_MS },
            seen,
          )) ?? null,
        answer: (session) =>
          session ? { session: toSession(client.account, session) } : refused(sessionReplaced(PROVIDER)),
      },
    );
  }

  @RequiresScope(READ, WRITE)
  @Mutation(() => SignOutOfSafeBoxPayload, {
    description:
      'Forgets your session here; the provider has no call for ending a token. What you follow ends at once with CREDENTIAL_EXPIRED.',
  })
  signOutOfSafeBox(@Ctx() context: SafeboxContext): Promise<SignOutOfSafeBoxPayload> {
    return lookup(context, 'signOutOfSafeBox', async () => {
      const { accesses, inboxes } = context.services;
      const session = await accesses.sessions.close(context.caller);
      if (session) inboxes.forget(session.id);
      return { isSignedOut: session !== undefined };
    });
  }
}

/** One device per caller: the provider repeats its token for a known one. */
function deviceOf(owner: string): string {
  return `sealgraph-${createHash('sha256').update(owner).digest('hex').slice(0, 16)}`;
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
