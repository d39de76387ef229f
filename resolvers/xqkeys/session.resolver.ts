import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, ID, Info, Mutation, Query, Resolver } from 'type-graphql';
import { watchId } from '../../src/live/watch-id.js';
import { ownerKey } from '../../src/owner.js';
import { afterEffect } from '../../src/providers/kit/after-effect.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import { authorizationWatch } from '../../src/providers/xqkeys/authorization-watch.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { normalizeAddress } from '../../src/providers/xqkeys/packet.js';
import { checkFilled } from '../../src/providers/xqkeys/rules.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import { countAttempt } from '../../src/subgraph/attempt-limit.js';
import { once } from '../shared/once.js';
import { requireSingleVerification, VerifiesSecret } from '../shared/verifies-secret.js';
import { READ, TOKEN, WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { notificationsOnWire } from './enums.js';
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

/** PINs that may be tried, and PINs that may be sent, per user. */
const ATTEMPTS = { limit: 5, windowMs: 15 * 60_000 };
const MAX_TOKENS = 100;

@Resolver()
export class XqSessionResolver {
  @RequiresScope(READ)
  @Query(() => XqSession, {
    nullable: true,
    description: 'Your session; null when there is none, or it is over. Calls nobody.',
  })
  async xqSession(@Ctx() { caller, services }: XqkeysContext): Promise<XqSession | null> {
    const session = await services.sessions.find(ownerKey(caller));
    return session ? new XqSession(session, services.clock.now()) : null;
  }

  @RequiresScope(READ)
  @Query(() => XqAuthorization, {
    nullable: true,
    description: 'A request for access that you have made; null for any other. Calls nobody.',
  })
  async xqAuthorization(
    @Arg('id', () => ID, { description: 'Id of the request.' }) id: string,
    @Ctx() { caller, services }: XqkeysContext,
  ): Promise<XqAuthorization | null> {
    const authorization = await services.authorizations.find(caller, id);
    return authorization && new XqAuthorization(authorization);
  }

  @RequiresScope(WRITE)
  @Mutation(() => XqAuthorizationPayload, {
    description:
      'Has a PIN and a link sent to somebody (authorize_user). Go on with `confirmXqAccess` and `exchangeXqAccess`, or wait for the link with `xqAuthorizationChanged`. At most 5 per user in 15 minutes.',
  })
  requestXqAccess(
    @Arg('input', () => RequestXqAccessInput, { description: 'Who wants access.' })
    input: RequestXqAccessInput,
    @Ctx() context: XqkeysContext,
  ): Promise<XqAuthorizationPayload> {
    const { caller, services } = context;
    return attempt(async () => {
      const authorization = await once(context, 'requestXqAccess', input, async () => {
        const { firstName, lastName, newsletter, businessId } = input;
        const user = checkFilled('user', input.user);
        const notifications = notificationsOnWire(input.notifications);
        if (notifications === undefined) {
          throw invalidInput(['notifications'], 'notifications must not be UNKNOWN.');
        }
        await countAttempt(services.records, [PROVIDER, 'request', normalizeAddress(user)], ATTEMPTS);
        const request = { user, firstName, lastName, newsletter, notifications };
        return services.authorizations.request(caller, request, businessId ?? null);
      });
      return { authorization: new XqAuthorization(authorization) };
    });
  }

  @VerifiesSecret()
  @RequiresScope(WRITE)
  @Mutation(() => XqAuthorizationPayload, {
    description:
      'Confirms a request for access by its PIN (code_validate). A PIN works once, and no more once the link was clicked. At most 5 attempts per user in 15 minutes.',
  })
  confirmXqAccess(
    @Arg('input', () => ConfirmXqAccessInput, { description: 'The PIN.' }) input: ConfirmXqAccessInput,
    @Ctx() context: XqkeysContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<XqAuthorizationPayload> {
    requireSingleVerification(info);
    const { caller, services } = context;
    return attempt(async () => {
      const confirmed = await once(context, 'confirmXqAccess', input, async () => {
        const { authorizationId: id } = input;
        if (!/^\d{4,12}$/.test(input.pin)) throw invalidInput(['pin'], 'pin must have 4 to 12 digits.');
        const known = await services.authorizations.find(caller, id);
        if (known)
          await countAttempt(services.records, [PROVIDER, 'pin', normalizeAddress(known.user)], ATTEMPTS);
        const authorization = await services.authorizations.confirm(caller, id, input.pin);
        await afterEffect(() =>
          services.live.apply(authorizationWatch, watchOf(context, id), async () => ({
            status: authorization.status,
          })),
        );
        return authorization;
      });
      return { authorization: new XqAuthorization(confirmed) };
    });
  }

  @RequiresScope(WRITE)
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
    return attempt(async () => {
      const session = await once(context, 'exchangeXqAccess', input, async () => {
        const { authorizationId: id, selector } = input;
        const businessId = input.businessId ?? null;
        const opened = await services.authorizations.exchange(caller, id, { businessId, selector });
        await afterEffect(() =>
          services.live.apply(authorizationWatch, watchOf(context, id), async () => ({
            status: 'EXCHANGED' as const,
          })),
        );
        return opened;
      });
      return { session: new XqSession(session, services.clock.now()) };
    });
  }

  @RequiresScope(WRITE)
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
    return attempt(async () => {
      const session = await once(context, 'signInToXqAsAlias', input, async () => {
        const { firstName, lastName } = input;
        const user = checkFilled('user', input.user);
        const token = await services.client.signIn.alias({ user, firstName, lastName });
        return afterEffect(() => services.sessions.open(ownerKey(caller), { kind: 'ALIAS', user, token }));
      });
      return { session: new XqSession(session, services.clock.now()) };
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => SignOutOfXqPayload, {
    description: 'Ends your session here and at the provider. What you follow ends with it, at once.',
  })
  signOutOfXq(
    @Arg('input', () => XqSessionCommandInput, { nullable: true, description: 'May be left out.' })
    input: XqSessionCommandInput | undefined,
    @Ctx() context: XqkeysContext,
  ): Promise<SignOutOfXqPayload> {
    const { caller, services } = context;
    return attempt(async () => ({
      signedOut: await once(context, 'signOutOfXq', input ?? {}, async () => {
        const session = await services.sessions.find(ownerKey(caller));
        if (!session) {
          // One that is over may still be remembered.
          await services.sessions.close(ownerKey(caller));
          return false;
        }
        try {
          await services.client.signIn.signOut(session.token);
        } catch (error) {
          // It has ended there already, which is what was wanted.
          const isOver = error instanceof ProviderError && error.code === 'CREDENTIAL_EXPIRED';
          if (!isOver) throw error;
        }
        return afterEffect(() => services.sessions.close(ownerKey(caller)));
      }),
    }));
  }

  @RequiresScope(WRITE)
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
    return attempt(async () => {
      const opened = await once(context, 'openXqDashboard', input ?? {}, async () => {
        const session = await services.sessions.of(caller);
        const token = await services.client.signIn.dashboard(session.token, input?.businessId ?? null);
        return services.sessions.addDashboard(caller, session, token);
      });
      return { session: new XqSession(opened, services.clock.now()) };
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
    const { caller, services } = context;
    return attempt(async () => ({
      token: await once(context, 'delegateXqSession', input ?? {}, async () =>
        services.client.signIn.delegate((await services.sessions.of(caller)).token),
      ),
    }));
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
    const { caller, services } = context;
    return attempt(() =>
      once(context, 'combineXqTokens', input, async () => {
        if (input.tokens.length < 1 || input.tokens.length > MAX_TOKENS) {
          throw invalidInput(['tokens'], `tokens must hold 1 to ${MAX_TOKENS} tokens.`);
        }
        const access = await services.sessions.access(caller);
        return services.client.account.combine(access, input.tokens);
      }),
    );
  }
}

function watchOf({ caller }: XqkeysContext, authorization: string): string {
  return watchId(authorizationWatch.name, caller, { owner: ownerKey(caller), authorization });
}
