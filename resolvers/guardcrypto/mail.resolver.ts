import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { hasScopes } from '../../src/auth/scopes.js';
import type { GuardUser, VerificationKind } from '../../src/providers/guardcrypto/mails.js';
import { lengthReason } from '../../src/problem-reason.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { command, lookup } from '../../src/subgraph/command.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import type { GuardContext } from './context.js';
import { GuardLocalContent } from './local-content.type.js';
import { contentOf } from './local-material.js';
import type { GuardLocalContentInput } from './local.input.js';
import { EncryptGuardMailInput, EncryptGuardPgpMailInput, VerifyGuardMailInput } from './mail.input.js';
import type { GuardUserInput } from './mail.input.js';
import type { MailOrder } from './mail.service.js';
import { EncryptGuardMailPayload, GuardMailVerification } from './mail.type.js';
import { requireMail, requireOutgoingMail } from './require-mail.js';
import { ADMIN, READ, WRITE } from './scopes.js';

const MAX_RECIPIENTS = 100;

@Resolver()
export class GuardMailResolver {
  @RequiresScope(READ)
  @Query(() => GuardMailVerification, {
    nullable: true,
    description: 'Has the provider check the PGP signatures of a mail (pgpmail verify).',
  })
  verifyGuardPgpMail(
    @Arg('input', () => VerifyGuardMailInput, { description: 'The mail.' }) input: VerifyGuardMailInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardMailVerification> {
    return verification(context, 'PGP', input);
  }

  @RequiresScope(READ)
  @Query(() => GuardMailVerification, {
    nullable: true,
    description: 'Has the provider check the signatures of a mail, of whatever kind (mail verify).',
  })
  verifyGuardMail(
    @Arg('input', () => VerifyGuardMailInput, { description: 'The mail.' }) input: VerifyGuardMailInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardMailVerification> {
    return verification(context, 'ANY', input);
  }

  @RequiresScope(WRITE)
  @Mutation(() => EncryptGuardMailPayload, {
    description:
      'Encrypts a mail to your own current PGP key (pgpmail encrypt); one that is encrypted already stays as it is. Sends nothing.',
  })
  encryptGuardPgpMail(
    @Arg('input', () => EncryptGuardPgpMailInput, { description: 'The mail.' })
    input: EncryptGuardPgpMailInput,
    @Ctx() context: GuardContext,
  ): Promise<EncryptGuardMailPayload> {
    return processed(context, 'encryptGuardPgpMail', input, () => (user) => ({
      work: 'ENCRYPT_FOR_SELF',
      user,
    }));
  }

  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => EncryptGuardMailPayload, {
    description:
      'Encrypts a mail to its recipients, signs it, or both (mail encrypt). The provider makes keys for guests on the way. Sends nothing here.',
  })
  encryptGuardMail(
    @Arg('input', () => EncryptGuardMailInput, { description: 'The mail, and how.' })
    input: EncryptGuardMailInput,
    @Ctx() context: GuardContext,
  ): Promise<EncryptGuardMailPayload> {
    return processed(context, 'encryptGuardMail', input, () => {
      const { type, encrypt, sign, isInline: inline, isGuest } = input;
      const [recipients, senderEmail] = checkAll([
        () => recipientsOf(input),
        () => requireEmailAddress(['senderEmail'], input.senderEmail),
        () => checkProtection(input),
      ]);
      return (user) => ({
        ...{ work: 'PROTECT', user, type, recipients, encrypt, sign, inline, isGuest, senderEmail },
        senderName: input.senderName ?? null,
        language: input.language ?? null,
      });
    });
  }
}

function checkProtection({ encrypt, sign, user }: EncryptGuardMailInput): void {
  if (!encrypt && !sign)
    throw invalidInput(['encrypt'], 'CONTRADICTORY', 'encrypt, sign or both must be true.');
  if (sign && user)
    throw invalidInput(['user'], 'CONTRADICTORY', 'user must not be given together with sign.');
}

async function verification(
  context: GuardContext,
  kind: VerificationKind,
  { user, mail }: VerifyGuardMailInput,
): Promise<GuardMailVerification> {
  const content = requireMail('mail', contentOf('mail', mail));
  return new GuardMailVerification(kind, await userOf(context, user), content);
}

interface MailCommandInput {
  readonly mail?: GuardLocalContentInput | null;
  readonly user?: GuardUserInput | null;
  readonly idempotencyKey?: string | null;
}

/**
 * Checks the order, then has it done, or answers a ticket to send the mail with.
 * @param check answers what to do for a user
 */
function processed<Input extends MailCommandInput>(
  context: GuardContext,
  operation: string,
  input: Input,
  check: () => (user: GuardUser) => MailOrder,
): Promise<EncryptGuardMailPayload> {
  const { caller, services } = context;
  const { mails } = services;
  const { mail } = input;
  if (!mail)
    return lookup(context, operation, async () => {
      const toOrder = check();
      return { ticket: await mails.issue(caller, toOrder(await userOf(context, input.user))) };
    });
  return command(context, operation, input, {
    async prepare() {
      const [content, toOrder] = checkAll([
        () => requireOutgoingMail('mail', contentOf('mail', mail)),
        check,
      ]);
      return { content, order: toOrder(await userOf(context, input.user)) };
    },
    rings: NOBODY,
    effect: ({ order, content }) => mails.process(context, order, content),
    after: async (done, { order }) => {
      await mails.tell(caller, order);
      return done.toString('base64');
    },
    answer: (base64) => ({ mail: new GuardLocalContent(Buffer.from(base64, 'base64')) }),
  });
}

/**
 * The server's API works for whomever it is told to, so whom a caller may name is decided here.
 * @throws ProviderError FORBIDDEN for somebody else, SIGN_IN_REQUIRED
 */
async function userOf(
  { caller, services }: GuardContext,
  named: GuardUserInput | null | undefined,
): Promise<GuardUser> {
  if (!named) {
    const { userId, contextId } = await services.sessions.of(caller);
    return { userId, contextId };
  }
  if (hasScopes(caller, [[ADMIN]])) return { userId: named.userId, contextId: named.contextId };
  throw new ProviderError('FORBIDDEN', {
    path: ['user'],
    message: `Working for somebody else needs the scope ${ADMIN}.`,
  });
}

function recipientsOf({ recipients }: EncryptGuardMailInput): string[] {
  if (recipients.length < 1 || recipients.length > MAX_RECIPIENTS)
    throw invalidInput(
      ['recipients'],
      lengthReason(recipients.length, 1),
      `recipients must hold 1 to ${MAX_RECIPIENTS} addresses.`,
    );
  return checkAll(
    recipients.map((address, index) => () => requireEmailAddress(['recipients', String(index)], address)),
  );
}
