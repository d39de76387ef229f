import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { lookup } from '../../src/subgraph/command.js';
import { NeedsNoProvider } from '../../src/subgraph/without-provider.js';
import type { GuardLocalContext } from './local-context.js';
import { VerifyPgpMessageInput, VerifySmimeMessageInput } from './local.input.js';
import type { GuardLocalContentInput } from './local.input.js';
import { contentOf } from './local-material.js';
import { VerifyPgpMessagePayload, VerifySmimeMessagePayload } from './local.payload.js';
import { checkVerification } from './local-uploads.js';
import type { LocalVerification } from './local-uploads.js';
import { READ } from './scopes.js';

/** Checks signatures with public material; no server is asked. */
@Resolver()
export class GuardLocalVerifyResolver {
  @NeedsNoProvider()
  @RequiresScope(READ)
  @Query(() => VerifyPgpMessagePayload, {
    description: 'Checks the OpenPGP signatures of a mail or message. Done here: nobody is asked.',
  })
  verifyPgpMessage(
    @Arg('input', () => VerifyPgpMessageInput, { description: 'The message and the keys.' })
    { message, signature, keys }: VerifyPgpMessageInput,
    @Ctx() context: GuardLocalContext,
  ): Promise<VerifyPgpMessagePayload> {
    const { uploads } = context.local;
    const order = { method: 'PGP', keys, signature } as const;
    return lookup(context, 'verifyPgpMessage', async () => {
      if (!message) return { ticket: await uploads.issueVerification(context.caller, order) };
      return { report: await uploads.verifyPgp(context.caller, checked(message, order), order) };
    });
  }

  @NeedsNoProvider()
  @RequiresScope(READ)
  @Query(() => VerifySmimeMessagePayload, {
    description: 'Checks the S/MIME signatures of a mail or message. Done here: nobody is asked.',
  })
  verifySmimeMessage(
    @Arg('input', () => VerifySmimeMessageInput, { description: 'The message and whom you trust.' })
    { message, signature, trusted }: VerifySmimeMessageInput,
    @Ctx() context: GuardLocalContext,
  ): Promise<VerifySmimeMessagePayload> {
    const { uploads } = context.local;
    const order = { method: 'SMIME', trusted, signature } as const;
    return lookup(context, 'verifySmimeMessage', async () => {
      if (!message) return { ticket: await uploads.issueVerification(context.caller, order) };
      return { report: await uploads.verifySmime(context.caller, checked(message, order), order) };
    });
  }
}

/** The message, when nothing about the order is wrong. @throws ProviderError INVALID_INPUT, TOO_LARGE */
function checked(message: GuardLocalContentInput, order: LocalVerification): Uint8Array {
  const [bytes] = checkAll([() => contentOf('message', message), () => checkVerification(order)]);
  return bytes;
}
