import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Query, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkEachFilled } from '../../src/check-given.js';
import { IdOf } from '../../src/subgraph/id-of.js';
import { lengthReason } from '../../src/problem-reason.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { LIMITS, normalizeAddress } from '../../src/providers/xqkeys/packet.js';
import { readToken } from '../../src/providers/xqkeys/token.js';
import { checkName } from '../../src/providers/xqkeys/rules.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { command } from '../../src/subgraph/command.js';
import { refused } from '../../src/subgraph/problem.type.js';
import { sessionReplaced } from '../../src/subgraph/provider-sessions.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import { READ, TOKEN, WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { requireNotifications } from './enums.js';
import {
  CombineXqTokensInput,
  ConfirmXqAccessInput,
  ExchangeXqAccessInput,
  OpenXqDashboardInput,
  RequestXqAccessInput,
  SignInToXqAsAliasInput,
  XqSessionCommandInput,
} from './session.input.js';
import {
  SignOutOfXqPayload,
  XqAuthorization,
  XqAuthorizationPayload,
  XqSession,
  XqSessionPayload,
  XqTokenPayload,
} from './session.type.js';
import { signedIn } from './sessions.js';

const MAX_TOKENS = 100;

@Resolver()
export class XqSessionResolver {
  @RequiresScope(READ)
  @Query(() => XqSession, {
    nullable: true,
    description: 'Your session; null when there is none, or it is over. Calls nobody.',
  })
  async xqSession(@Ctx() { caller, services }: XqkeysContext): Promise<XqSession | null> {
    const session = await services.sessions.find(caller);
    return session ? new XqSession(session, services.clock.now()) : null;
  }

  @RequiresScope(READ)
  @Query(() => XqAuthorization, {
    nullable: true,
    description: 'A request for access that you have made; null for any other. Calls nobody.',
  })
  async xqAuthorization(
    @IdOf('XqAuthorization') @Arg('id', () => ID, { description: 'The request.' }) id: string,
    @Ctx() { caller, services }: XqkeysContext,
  ): Promise<XqAuthorization | null> {
    const authorization = await services.authorizations.find(caller, id);
    return authorization && new XqAuthorization(authorization);
  }

  @RequiresScope(READ, WRITE)
  @Mutation(() => XqAuthorizationPayload, {
    description:
      'Has a PIN and a link sent to somebody (authorize_user). Go on with `confirmXqAccess` and `exchangeXqAccess`, or wait for the link with `xqAuthorizationChanged`.',
  })
  requestXqAccess(
    @Arg('input', () => RequestXqAccessInput, { description: 'Who wants access.' })
    input: RequestXqAccessInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqAuthorizationPayload> {
    const { caller, services } = context;
    const { firstName, lastName, hasNewsletter: newsletter, businessId } = input;
    return command(context, 'requestXqAccess', input, {
      prepare() {
        const [user, notifications] = checkAll([
          () => checkName('user', input.user),
          () => requireNotifications(input.notifications),
        ]);
        return { user, firstName, lastName, newsletter, notifications };
      },
      rings: ({ user }) => [{ kind: 'code', subject: [PROVIDER, normalizeAddress(user)], path: ['user'] }],
      effect: (request) => services.client.signIn.requestAccess(request, context),
      after: (token, request, at) =>
        services.authorizations.keep(caller, request, token, businessId ?? null, at),
      answer: (authorization) => ({ authorization: new XqAuthorization(authorization) }),
    });
  }

  @VerifiesSecret()
  @RequiresScope(READ, WRITE)
  @Mutation(() => XqAuthorizationPayload, {
    description:
      'Confirms a request for access by its PIN (code_validate). A PIN works once, and no more once the link was clicked. Wrong PINs are counted per user.',
  })
  confirmXqAccess(
    @Arg('input', () => ConfirmXqAccessInput, { description: 'The PIN.' }) input: ConfirmXqAccessInput,
    @Ctx() context: XqkeysContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<XqAuthorizationPayload> {
    requireSingleVerification(info);
    const { caller, services } = context;
    const { authorizationId: id, pin } = input;
    const { authorizations } = services;
    return command(context, 'confirmXqAccess', input, {
      prepare() {
        if (!/^\d{4,12}$/.test(pin))
          throw invalidInput(['pin'], 'MALFORMED', 'pin must have 4 to 12 digits.');
        return authorizations.require(caller, id);
      },
      tries: ({ user }) => [{ subject: [PROVIDER, 'pin', normalizeAddress(user)] }],
      rings: NOBODY,
      effect: () => authorizations.confirm(caller, id, pin, context),
      after: () => authorizations.keepConfirmed(caller, id),
      answer: (authorization) => ({ authorization: new XqAuthorization(authorization) }),
    });
  }

  @RequiresScope(READ, WRITE)
  @Mutation(() => XqSessionPayload, {
    description:
      'Makes a confirmed request for access your session (exchange_key), in place of an earlier one. Also works once the link was clicked.',
  })
  exchangeXqAccess(
    @Arg('input', () => ExchangeXqAccessInput, { description: 'Which request.' })
    input: ExchangeXqAccessInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqSessionPayload> {
    const { caller, services } = context;
    const { authorizationId: id, hasSelector: selector } = input;
    const exchange = { businessId: input.businessId ?? null, selector };
    return command(context, 'exchangeXqAccess', input, {
      async prepare() {
        await services.authorizations.require(caller, id);
        return services.sessions.seen(caller);
      },
      rings: NOBODY,
      effect: () => services.authorizations.exchange(caller, id, exchange, context),
      after: async (token, seen) =>
        (await services.authorizations.keepSession(caller, id, token, seen)) ?? null,
      answer: (session) =>
        session
          ? { session: new XqSession(session, services.clock.now()) }
          : refused(sessionReplaced(PROVIDER)),
    });
  }

  @RequiresScope(READ, WRITE)
  @Mutation(() => XqSessionPayload, {
    description:
      'Signs in as an alias (authorize_alias), without any proof, in place of an earlier session. An alias makes, shares and reads keys, and nothing else.',
  })
  signInToXqAsAlias(
    @Arg('input', () => SignInToXqAsAliasInput, { description: 'Which alias.' })
    input: SignInToXqAsAliasInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqSessionPayload> {
    const { caller, services } = context;
    const { client, sessions, clock } = services;
    const { firstName, lastName } = input;
    return command(context, 'signInToXqAsAlias', input, {
      async prepare() {
        return {
          user: checkName('user', input.user, LIMITS.aliasCharacters),
          seen: await sessions.seen(caller),
        };
      },
      rings: NOBODY,
      effect: ({ user }) => client.signIn.alias({ user, firstName, lastName }, context),
      after: async (token, { user, seen }, at) =>
        (await sessions.open(caller, signedIn({ kind: 'ALIAS', user, token }, at), seen)) ?? null,
      answer: (session) =>
        session ? { session: new XqSession(session, clock.now()) } : refused(sessionReplaced(PROVIDER)),
    });
  }

  @RequiresScope(READ, WRITE)
  @Mutation(() => SignOutOfXqPayload, {
    description: 'Ends your session here and at the provider. What you follow ends with it, at once.',
  })
  signOutOfXq(
    @Arg('input', () => XqSessionCommandInput, { nullable: true, description: 'May be left out.' })
    input: XqSessionCommandInput | undefined,
    @Ctx() context: XqkeysContext,
  ): Promise<SignOutOfXqPayload> {
    const { caller, services } = context;
    const { client, sessions } = services;
    return command(context, 'signOutOfXq', input ?? {}, {
      rings: NOBODY,
      async effect() {
        const session = await sessions.find(caller);
        if (!session) return false;
        try {
          await client.signIn.signOut(session.token, context);
        } catch (error) {
          // It has ended there already, which is what was wanted.
          const isOver = error instanceof ProviderError && error.code === 'CREDENTIAL_EXPIRED';
          if (!isOver) throw error;
        }
        return true;
      },
      async after(signedOut) {
        // One that is over may still be remembered.
        await sessions.close(caller);
        return signedOut;
      },
      answer: (isSignedOut) => ({ isSignedOut }),
    });
  }

  @RequiresScope(READ, WRITE)
  @Mutation(() => XqSessionPayload, {
    description:
      'Opens the dashboard for your session (login/verify): communications, labels, the event log, certificates. For people; aliases have none. It also makes following many keys cheaper.',
  })
  openXqDashboard(
    @Arg('input', () => OpenXqDashboardInput, { nullable: true, description: 'Which team.' })
    input: OpenXqDashboardInput | undefined,
    @Ctx() context: XqkeysContext,
  ): Promise<XqSessionPayload> {
    const { caller, services } = context;
    const { client, sessions, clock } = services;
    return command(context, 'openXqDashboard', input ?? {}, {
      prepare: () => sessions.of(caller),
      rings: NOBODY,
      effect: (session) =>
        client.signIn.dashboard(
          session.token,
          input?.businessId ?? null,
          sessions.accessOf(caller, session, context.requestId),
        ),
      async after(token, { id }) {
        const expiresAt = readToken(token).expiresAt ?? Infinity;
        const opened = await sessions.update(caller, id, (session) => ({
          ...session,
          dashboard: { token, expiresAt: Math.min(expiresAt, session.expiresAt) },
        }));
        return opened ?? null;
      },
      answer: (session) =>
        session ? { session: new XqSession(session, clock.now()) } : refused(sessionReplaced(PROVIDER)),
    });
  }

  @RequiresScope(TOKEN)
  @Mutation(() => XqTokenPayload, {
    description:
      'A twin of the token of your session that lives for a very short time (delegate), to hand to something that talks to the provider itself.',
  })
  delegateXqSession(
    @Arg('input', () => XqSessionCommandInput, { nullable: true, description: 'May be left out.' })
    input: XqSessionCommandInput | undefined,
    @Ctx() context: XqkeysContext,
  ): Promise<XqTokenPayload> {
    const { client, sessions } = context.services;
    return command(context, 'delegateXqSession', input ?? {}, {
      prepare: () => sessions.access(context),
      rings: NOBODY,
      effect: (access) => client.signIn.delegate(access.token, access),
      answer: (token) => ({ token }),
    });
  }

  @RequiresScope(TOKEN)
  @Mutation(() => XqTokenPayload, {
    description:
      'One token that reads keys as any of several users (combined), for a short time. Tokens that are not valid are skipped.',
  })
  combineXqTokens(
    @Arg('input', () => CombineXqTokensInput, { description: 'The tokens.' })
    input: CombineXqTokensInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqTokenPayload> {
    const { client, sessions } = context.services;
    return command(context, 'combineXqTokens', input, {
      prepare() {
        if (input.tokens.length < 1 || input.tokens.length > MAX_TOKENS) {
          throw invalidInput(
            ['tokens'],
            lengthReason(input.tokens.length, 1),
            `tokens must hold 1 to ${MAX_TOKENS} tokens.`,
          );
        }
        checkEachFilled('tokens', input.tokens);
        return sessions.access(context);
      },
      rings: NOBODY,
      effect: (access) => client.account.combine(access, input.tokens),
      answer: (combined) => combined,
    });
  }
}

/** The session that the dashboard was opened for is not the caller's any more. */
