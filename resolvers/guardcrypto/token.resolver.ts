import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import { afterEffect } from '../../src/providers/kit/after-effect.js';
import { ProviderError } from '../../src/provider-error.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { change, ChecksPassword } from './change.js';
import type { GuardContext } from './context.js';
import { GuardCryptoType } from './enums.js';
import { GuardDonePayload } from './payload.js';
import { READ, WRITE } from './scopes.js';
import {
  AttachGuardTokenInput,
  CreateGuardTokenInput,
  DetachGuardTokenInput,
  toMinutesValid,
} from './token.input.js';
import { GuardToken, GuardTokenPayload, toToken } from './token.type.js';

@Resolver()
export class GuardTokenResolver {
  @RequiresScope(READ)
  @Query(() => GuardToken, {
    nullable: true,
    description: 'The token attached to your session (auth-token, GET); null when there is none.',
  })
  async guardToken(
    @Arg('type', () => GuardCryptoType, { defaultValue: 'PGP', description: 'Of which kind of key.' })
    type: CryptoType,
    @Ctx() { caller, services }: GuardContext,
  ): Promise<GuardToken | null> {
    const token = await services.client.tokens.attached(await services.sessions.of(caller), type);
    return token && toToken(type, token, true, services.clock.now());
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardTokenPayload, {
    description: 'Opens your key: makes a token and attaches it to your session (auth-token, POST).',
  })
  createGuardToken(
    @Arg('input', () => CreateGuardTokenInput, { description: 'For which key, and how long.' })
    input: CreateGuardTokenInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardTokenPayload> {
    const { type, password, lifetime, minutes } = input;
    const { caller, services } = context;
    return change(
      context,
      { operation: 'createGuardToken', input, checksPassword: true, tells: [type] },
      async (access) => {
        const minutesValid = lifetime ? toMinutesValid(lifetime, minutes) : null;
        const token = await services.client.tokens.create(access, type, password, minutesValid);
        if (!token) throw new ProviderError('PROVIDER_PROTOCOL', { provider: 'guardcrypto' });
        await afterEffect(() => services.sessions.keepToken(caller, access, type, token.auth));
        return token;
      },
      (token) => ({ token: toToken(type, token, Boolean(lifetime), services.clock.now()) }),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => GuardTokenPayload, {
    description:
      'Attaches a token that was made before to your session, in place of another (auth-token, PUT).',
  })
  attachGuardToken(
    @Arg('input', () => AttachGuardTokenInput, { description: 'Which, and how long.' })
    input: AttachGuardTokenInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardTokenPayload> {
    const { type, lifetime, minutes } = input;
    const { caller, services } = context;
    return change(
      context,
      { operation: 'attachGuardToken', input, tells: [type] },
      async (access) => {
        const minutesValid = toMinutesValid(lifetime, minutes);
        const auth = input.token ?? (await services.sessions.keptToken(caller, access, type));
        if (!auth)
          throw new ProviderError('SIGN_IN_REQUIRED', {
            path: ['token'],
            message: 'No token was made in this session yet: use createGuardToken.',
          });
        return services.client.tokens.attach(access, type, auth, minutesValid);
      },
      (token) => ({ token: token && toToken(type, token, true, services.clock.now()) }),
    );
  }

  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Takes the token away from your session (auth-token, PUT without one).',
  })
  detachGuardToken(
    @Arg('input', () => DetachGuardTokenInput, { description: 'Which.' }) input: DetachGuardTokenInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return change(
      context,
      { operation: 'detachGuardToken', input, tells: [input.type] },
      async (access) => {
        await context.services.client.tokens.detach(access, input.type);
        return true;
      },
      (done) => ({ done }),
    );
  }
}
