import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { lookup } from '../../src/subgraph/command.js';
import { NeedsNoProvider } from '../../src/subgraph/without-provider.js';
import type { GuardLocalContext } from './local-context.js';
import { VerifyPgpMessageInput, VerifySmimeMessageInput } from './local.input.js';
import { contentOf } from './local-material.js';
import { VerifyPgpMessagePayload, VerifySmimeMessagePayload } from './local.payload.js';
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
    return lookup(context, 'verifyPgpMessage', async () =>
      message
        ? {
            report: await context.local.uploads.verifyPgp(context.caller, contentOf('message', message), {
              keys,
              signature,
            }),
          }
        : {
            ticket: await context.local.uploads.issueVerification(context.caller, {
              method: 'PGP',
              keys,
              signature,
            }),
          },
    );
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
    return lookup(context, 'verifySmimeMessage', async () =>
      message
        ? {
            report: await context.local.uploads.verifySmime(context.caller, contentOf('message', message), {
              trusted,
              signature,
            }),
          }
        : {
            ticket: await context.local.uploads.issueVerification(context.caller, {
              method: 'SMIME',
              trusted,
              signature,
            }),
          },
    );
  }
}
