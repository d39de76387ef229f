import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { lookup } from '../../src/subgraph/command.js';
import { NeedsNoProvider } from '../../src/subgraph/without-provider.js';
import { GuardCertificateFacts } from './local-certificate.type.js';
import { READ } from './scopes.js';
import type { GuardLocalContext } from './local-context.js';
import { InspectCertificateInput, InspectPgpKeyInput } from './local.input.js';
import { GuardPgpKeyFacts } from './local-key.type.js';
import { material } from './local-material.js';
import { fairly } from './local-uploads.js';
import { InspectCertificatePayload, InspectPgpKeyPayload } from './local.payload.js';

/** Looks into public material; no server is asked. */
@Resolver()
export class GuardLocalInspectResolver {
  @NeedsNoProvider()
  @RequiresScope(READ)
  @Query(() => InspectPgpKeyPayload, {
    description: 'What an OpenPGP key says of itself, its signatures checked. Done here: nobody is asked.',
  })
  inspectPgpKey(
    @Arg('input', () => InspectPgpKeyInput, { description: 'The key.' }) { key }: InspectPgpKeyInput,
    @Ctx() context: GuardLocalContext,
  ): Promise<InspectPgpKeyPayload> {
    return lookup(context, 'inspectPgpKey', async () => ({
      key: new GuardPgpKeyFacts(
        await context.local.crypto.inspectPgpKey(material(['key'], key), fairly(context.caller)),
      ),
    }));
  }

  @NeedsNoProvider()
  @RequiresScope(READ)
  @Query(() => InspectCertificatePayload, {
    description: 'What an X.509 certificate says. Done here: nobody is asked, so revocation is not known.',
  })
  inspectCertificate(
    @Arg('input', () => InspectCertificateInput, { description: 'The certificate.' })
    { certificate }: InspectCertificateInput,
    @Ctx() context: GuardLocalContext,
  ): Promise<InspectCertificatePayload> {
    return lookup(context, 'inspectCertificate', async () => ({
      certificate: new GuardCertificateFacts(
        await context.local.crypto.inspectCertificate(
          material(['certificate'], certificate),
          fairly(context.caller),
        ),
      ),
    }));
  }
}
