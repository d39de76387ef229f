import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { checkNotEmpty } from '../../src/check-given.js';
import { checkAll } from '../../src/check-all.js';
import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import {
  ChangeGuardPasswordInput,
  ResetGuardPasswordInput,
  SetGuardSecondaryEmailInput,
} from './account.input.js';
import { ResetGuardPasswordPayload } from './account.payload.js';
import { GuardAccount } from './account.type.js';
import { change, changeAndKeep, ChecksPassword } from './change.js';
import type { GuardContext } from './context.js';
import { GuardCryptoType } from './enums.js';
import { GuardDonePayload } from './payload.js';
import { READ, WRITE } from './scopes.js';

const TYPE = 'Of which kind of keys.';

@Resolver()
export class GuardAccountResolver {
  @RequiresScope(READ)
  @Query(() => GuardAccount, {
    nullable: true,
    description: 'You at OX Guard: settings and how it stands with your key (login, without a password).',
  })
  async guardAccount(
    @Arg('type', () => GuardCryptoType, { defaultValue: 'PGP', description: TYPE }) type: CryptoType,
    @Arg('language', () => String, { nullable: true, description: 'Locale, such as `de_DE`.' })
    language: string | undefined,
    @Ctx() context: GuardContext,
  ): Promise<GuardAccount> {
    const { services } = context;
    const access = await services.sessions.access(context);
    return new GuardAccount(
      access,
      type,
      await services.client.accounts.account(access, type, language ?? null),
    );
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description:
      'Gives your current key a new password (changepass). Tokens made with the old one stop working; attachGuardToken attaches one with the new.',
  })
  changeGuardPassword(
    @Arg('input', () => ChangeGuardPasswordInput, { description: 'Old and new.' })
    input: ChangeGuardPasswordInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    const { type, oldPassword: from, newPassword: to } = input;
    const { caller, services } = context;
    return changeAndKeep(context, 'changeGuardPassword', input, {
      checksPassword: true,
      tells: type === 'PGP' ? [type, 'keys'] : [type],
      prepare() {
        checkAll([() => checkNotEmpty('oldPassword', from), () => checkNotEmpty('newPassword', to)]);
      },
      rings: NOBODY,
      effect: (access) => services.client.accounts.changePassword(access, type, { from, to }),
      async after(token, access) {
        await services.tokens.keep(caller, access, type, token);
        return true;
      },
      answer: (isDone) => ({ isDone }),
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Sets where a new password is sent when the old one is lost (changesecondary).',
  })
  setGuardSecondaryEmail(
    @Arg('input', () => SetGuardSecondaryEmailInput, { description: 'Where.' })
    input: SetGuardSecondaryEmailInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    const { type, password } = input;
    return change(context, 'setGuardSecondaryEmail', input, {
      checksPassword: true,
      prepare() {
        const [email] = checkAll([
          () => requireEmailAddress(['email'], input.email),
          () => checkNotEmpty('password', password),
        ]);
        return email;
      },
      rings: NOBODY,
      async effect(access, email) {
        await context.services.client.accounts.setSecondaryEmail(access, type, { email, password });
        return true;
      },
      answer: (isDone) => ({ isDone }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => ResetGuardPasswordPayload, {
    description:
      'Replaces a lost password by one the provider makes and mails to your secondary address, or to the primary one (reset). Every token stops working.',
  })
  resetGuardPassword(
    @Arg('input', () => ResetGuardPasswordInput, { description: 'Which.' }) input: ResetGuardPasswordInput,
    @Ctx() context: GuardContext,
  ): Promise<ResetGuardPasswordPayload> {
    const { type } = input;
    return change(context, 'resetGuardPassword', input, {
      tells: type === 'PGP' ? [type, 'keys'] : [type],
      // The new password is mailed.
      rings: ({ contextId, userId }) => [
        { kind: 'code', subject: ['guardcrypto', 'user', `${contextId}`, `${userId}`], path: ['type'] },
      ],
      effect: (access) => context.services.client.accounts.resetPassword(access, type),
      answer: (sentTo) => ({ sentTo }),
    });
  }
}
