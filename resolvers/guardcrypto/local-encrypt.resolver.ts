import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { checkSize } from '../../src/providers/guardcrypto/local/check-input.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { lookup } from '../../src/subgraph/command.js';
import { NeedsNoProvider } from '../../src/subgraph/without-provider.js';
import { GuardLocalContent } from './local-content.type.js';
import { READ } from './scopes.js';
import type { GuardLocalContext } from './local-context.js';
import {
  EncryptPgpMessageInput,
  EncryptSmimeMessageInput,
  type GuardLocalContentInput,
} from './local.input.js';
import { MAX_INLINE_BYTES } from './local-limits.js';
import { contentOf } from './local-material.js';
import { EncryptPgpMessagePayload, EncryptSmimeMessagePayload } from './local.payload.js';
import { checkMaterials } from './local-uploads.js';
import type { LocalEncryption } from './local-uploads.js';

/** Encrypts to public keys and certificates; no server is asked. */
@Resolver()
export class GuardLocalEncryptResolver {
  @NeedsNoProvider()
  @RequiresScope(READ)
  @Mutation(() => EncryptPgpMessagePayload, {
    description:
      'Encrypts to OpenPGP public keys. Done here: nobody is asked and nothing kept, so it may be repeated freely.',
  })
  encryptPgpMessage(
    @Arg('input', () => EncryptPgpMessageInput, { description: 'The content and the keys.' })
    { content, keys, form }: EncryptPgpMessageInput,
    @Ctx() context: GuardLocalContext,
  ): Promise<EncryptPgpMessagePayload> {
    return encrypt(context, 'encryptPgpMessage', content, { method: 'PGP', keys, form });
  }

  @NeedsNoProvider()
  @RequiresScope(READ)
  @Mutation(() => EncryptSmimeMessagePayload, {
    description:
      'Encrypts to the holders of certificates. Done here: nobody is asked and nothing kept, so it may be repeated freely.',
  })
  encryptSmimeMessage(
    @Arg('input', () => EncryptSmimeMessageInput, { description: 'The content and the certificates.' })
    { content, ...how }: EncryptSmimeMessageInput,
    @Ctx() context: GuardLocalContext,
  ): Promise<EncryptSmimeMessagePayload> {
    return encrypt(context, 'encryptSmimeMessage', content, { method: 'SMIME', ...how });
  }
}

/** @throws ProviderError INVALID_INPUT, TOO_LARGE */
function someOf(content: GuardLocalContentInput): Uint8Array {
  const bytes = contentOf('content', content);
  checkSize('content', bytes, MAX_INLINE_BYTES);
  return bytes;
}

function encrypt(
  context: GuardLocalContext,
  operation: string,
  content: GuardLocalContentInput | null | undefined,
  encryption: LocalEncryption,
) {
  const { uploads } = context.local;
  return lookup(context, operation, async () => {
    if (!content) return { ticket: await uploads.issueEncryption(context.caller, encryption) };
    const [bytes] = checkAll([() => someOf(content), () => checkMaterials(encryption)]);
    return { message: new GuardLocalContent(await uploads.encrypt(context.caller, bytes, encryption)) };
  });
}
