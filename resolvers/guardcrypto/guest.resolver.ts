import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { checkNotEmpty } from '../../src/check-given.js';
import { checkAll } from '../../src/check-all.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import type { RungPerson } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { command } from '../../src/subgraph/command.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import type { Refused } from '../../src/subgraph/problem.type.js';
import { ChecksPassword } from './change.js';
import type { GuardContext } from './context.js';
import {
  CompleteGuardGuestResetInput,
  RequestGuardGuestResetInput,
  SetGuardGuestPasswordInput,
  SignInGuardGuestInput,
} from './guest.input.js';
import { GuardGuestPayload } from './guest.type.js';
import { GuardDonePayload } from './payload.js';
import { WRITE } from './scopes.js';

@Resolver()
export class GuardGuestResolver {
  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardGuestPayload, {
    description: 'Checks the password of a guest (login, action guest). Needs no session.',
  })
  signInGuardGuest(
    @Arg('input', () => SignInGuardGuestInput, { description: 'Who.' }) input: SignInGuardGuestInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardGuestPayload> {
    return asGuest(context, 'signInGuardGuest', { ...input }, NOBODY, () => async (email) => {
      const { client } = context.services;
      const { recoveryAvailable, ...guest } = await client.guests.login(
        email,
        input.password ?? null,
        context,
      );
      if (guest.state === 'WRONG_PASSWORD')
        throw new ProviderError('WRONG_SECRET', { provider: 'guardcrypto' });
      if (guest.state === 'LOCKED') throw new ProviderError('LOCKED', { provider: 'guardcrypto' });
      return { guest: { ...guest, isRecoveryAvailable: recoveryAvailable } };
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardGuestPayload, {
    description: 'Sets the first password of a guest (firstpass).',
    deprecationReason: 'The provider has deprecated it in favour of changing the password in a session.',
  })
  setGuardGuestPassword(
    @Arg('input', () => SetGuardGuestPasswordInput, { description: 'Whose, and which.' })
    input: SetGuardGuestPasswordInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardGuestPayload> {
    return asGuest(context, 'setGuardGuestPassword', input, NOBODY, () => {
      const { itemId, question, answer, newPassword, pin } = input;
      checkAll([
        () => checkPin(pin),
        () => checkNotEmpty('itemId', itemId.trim()),
        () => checkNotEmpty('newPassword', newPassword),
      ]);
      return async (email) => {
        const values = { email, itemId, question, answer, newPassword, pin: pin ?? null };
        const token = await context.services.client.guests.setFirstPassword(values, context);
        const unknown = { productName: null, isRecoveryAvailable: null, minPasswordLength: null };
        return { guest: { state: 'AUTHENTICATED' as const, token, ...unknown } };
      };
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Has the provider mail a guest what is needed to choose a new password (resetpassword).',
    deprecationReason: 'The provider has deprecated it in favour of resetGuardPassword in a session.',
  })
  requestGuardGuestReset(
    @Arg('input', () => RequestGuardGuestResetInput, { description: 'Whose.' })
    input: RequestGuardGuestResetInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return asGuest(context, 'requestGuardGuestReset', input, guestRung, () => {
      const { answer, language = null, templateId = null } = input;
      checkNotEmpty('answer', answer.trim());
      return async (email) => {
        await context.services.client.guests.requestReset({ email, answer, language, templateId }, context);
        return { isDone: true };
      };
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Gives a guest a new password, with what was mailed (doresetaccount).',
    deprecationReason: 'The provider has deprecated it together with the request for it.',
  })
  completeGuardGuestReset(
    @Arg('input', () => CompleteGuardGuestResetInput, { description: 'Whose, and which.' })
    input: CompleteGuardGuestResetInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return asGuest(context, 'completeGuardGuestReset', input, NOBODY, () => {
      const { resetId, newPassword: password } = input;
      checkAll([
        () => checkNotEmpty('resetId', resetId.trim()),
        () => checkNotEmpty('newPassword', password),
      ]);
      return async (email) => {
        await context.services.client.guests.completeReset({ resetId, email, password }, context);
        return { isDone: true };
      };
    });
  }
}

/** @throws ProviderError INVALID_INPUT */
function checkPin(pin: string | null | undefined): void {
  if (typeof pin === 'string' && !/^\d{4}$/.test(pin))
    throw invalidInput(['pin'], 'MALFORMED', 'pin must have 4 digits.');
}

/** The guest is mailed what gives a new password. */
function guestRung(email: string): readonly RungPerson[] {
  return [{ kind: 'code', subject: ['guardcrypto', 'guest', email.toLowerCase()], path: ['email'] }];
}

/**
 * A command about a guest, who needs no session here.
 * @param rings whose attention it takes
 * @param prepare checks what was entered and answers the call to the provider
 */
function asGuest<Input extends { email: string; idempotencyKey?: string | null }, Payload extends object>(
  context: GuardContext,
  operation: string,
  input: Input,
  rings: (email: string) => readonly RungPerson[],
  prepare: () => (email: string) => Promise<Payload>,
): Promise<Payload | Refused> {
  return command(context, operation, input, {
    prepare() {
      const [email, call] = checkAll([() => requireEmailAddress(['email'], input.email), prepare]);
      return { email, call };
    },
    tries: ({ email }) => [{ subject: ['guardcrypto', 'guest', email.toLowerCase()] }],
    rings: ({ email }) => rings(email),
    effect: ({ email, call }) => call(email),
    answer: (payload) => payload,
  });
}
