import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { checkNotEmpty } from '../../src/check-given.js';
import { checkAll } from '../../src/check-all.js';
import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import { ProviderError } from '../../src/provider-error.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { change, changeAndKeep, ChecksPassword } from './change.js';
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
    @Ctx() context: GuardContext,
  ): Promise<GuardToken | null> {
    const { services } = context;
    const token = await services.client.tokens.attached(await services.sessions.access(context), type);
    return token && toToken(type, token, true, services.clock.now());
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @CallsProvider(2)
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
    return changeAndKeep(context, 'createGuardToken', input, {
      checksPassword: true,
      tells: [type],
      prepare() {
        const [minutesValid] = checkAll([
          () => (lifetime ? toMinutesValid(lifetime, minutes) : null),
          () => checkNotEmpty('password', password),
        ]);
        return minutesValid;
      },
      rings: NOBODY,
      async effect(access, minutesValid) {
        const token = await services.client.tokens.create(access, type, password, minutesValid);
        if (!token) throw new ProviderError('OUTCOME_UNKNOWN', { provider: 'guardcrypto' });
        return token;
      },
      async after(token, access) {
        await services.tokens.keep(caller, access, type, token.auth);
        return token;
      },
      answer: (token) => ({ token: toToken(type, token, Boolean(lifetime), services.clock.now()) }),
    });
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
    return change(context, 'attachGuardToken', input, {
      tells: [type],
      async prepare(access) {
        const [minutesValid] = checkAll([
          () => toMinutesValid(lifetime, minutes),
          () => checkNotEmpty('token', input.token?.trim()),
        ]);
        const auth = input.token ?? (await services.tokens.find(caller, access, type));
        if (auth) return { auth, minutesValid };
        throw new ProviderError('SIGN_IN_REQUIRED', {
          path: ['token'],
          message: 'No token was made in this session yet: use createGuardToken.',
        });
      },
      rings: NOBODY,
      effect: (access, { auth, minutesValid }) =>
        services.client.tokens.attach(access, type, auth, minutesValid),
      answer: (token) => ({ token: token && toToken(type, token, true, services.clock.now()) }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Takes the token away from your session (auth-token, PUT without one).',
  })
  detachGuardToken(
    @Arg('input', () => DetachGuardTokenInput, { description: 'Which.' }) input: DetachGuardTokenInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return change(context, 'detachGuardToken', input, {
      tells: [input.type],
      rings: NOBODY,
      async effect(access) {
        await context.services.client.tokens.detach(access, input.type);
        return true;
      },
      answer: (isDone) => ({ isDone }),
    });
  }
}
