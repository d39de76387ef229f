import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { attempt } from '../shared/attempt.js';
import type { GuardLocalContext } from './local-context.js';
import { VerifyPgpMessageInput, VerifySmimeMessageInput } from './local.input.js';
import { contentOf } from './local-material.js';
import { VerifyPgpMessagePayload, VerifySmimeMessagePayload } from './local.payload.js';
import { READ } from './scopes.js';

/** Checks signatures with public material; no server is asked. */
@Resolver()
export class GuardLocalVerifyResolver {
  @RequiresScope(READ)
  @Query(() => VerifyPgpMessagePayload, {
    description: 'Checks the OpenPGP signatures of a mail or message. Done here: nobody is asked.',
  })
  verifyPgpMessage(
    @Arg('input', () => VerifyPgpMessageInput, { description: 'The message and the keys.' })
    { message, signature, keys }: VerifyPgpMessageInput,
    @Ctx() { caller, services: { localUploads } }: GuardLocalContext,
  ): Promise<VerifyPgpMessagePayload> {
    return attempt(async () =>
      message
        ? { report: await localUploads.verifyPgp(contentOf('message', message), { keys, signature }) }
        : { ticket: await localUploads.issueVerification(caller, { method: 'PGP', keys, signature }) },
    );
  }

  @RequiresScope(READ)
  @Query(() => VerifySmimeMessagePayload, {
    description: 'Checks the S/MIME signatures of a mail or message. Done here: nobody is asked.',
  })
  verifySmimeMessage(
    @Arg('input', () => VerifySmimeMessageInput, { description: 'The message and whom you trust.' })
    { message, signature, trusted }: VerifySmimeMessageInput,
    @Ctx() { caller, services: { localUploads } }: GuardLocalContext,
  ): Promise<VerifySmimeMessagePayload> {
    return attempt(async () =>
      message
        ? { report: await localUploads.verifySmime(contentOf('message', message), { trusted, signature }) }
        : { ticket: await localUploads.issueVerification(caller, { method: 'SMIME', trusted, signature }) },
    );
  }
}
