import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { checkNotEmpty } from '../../src/check-given.js';
import { checkAll } from '../../src/check-all.js';
import type { KeyParts } from '../../src/providers/guardcrypto/keys.js';
import { requireKeyId } from '../../src/providers/guardcrypto/key-id.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { change, ChecksPassword } from './change.js';
import type { GuardContext } from './context.js';
import { GuardPrivateKeyInput } from './key.input.js';
import { DownloadGuardPrivateKeyPayload, GuardKeyRingPayload } from './key.payload.js';
import { toKeyRing } from './key.type.js';
import { PRIVATE } from './scopes.js';

/** Private rings leave the provider here and nowhere else. */
@Resolver()
export class GuardPrivateKeyResolver {
  @ChecksPassword()
  @RequiresScope(PRIVATE)
  @CallsProvider(2)
  @Mutation(() => GuardKeyRingPayload, {
    description: 'Reads one of your rings with its private half (getKey). Changes nothing.',
  })
  openGuardPrivateKeyRing(
    @Arg('input', () => GuardPrivateKeyInput, { description: 'Which.' }) input: GuardPrivateKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardKeyRingPayload> {
    return change(context, 'openGuardPrivateKeyRing', withoutKey(input), {
      checksPassword: true,
      prepare: () => checkedId(input),
      rings: NOBODY,
      effect: (access, id) =>
        context.services.client.keys.privateRing(access, id, partsOf(input), input.password),
      answer: (ring) => ({ keyRing: toKeyRing(ring) }),
    });
  }

  @ChecksPassword()
  @RequiresScope(PRIVATE)
  @CallsProvider(2)
  @Mutation(() => DownloadGuardPrivateKeyPayload, {
    description:
      'Reads the private half of one of your rings, or both, as a file (downloadKey). Changes nothing.',
  })
  downloadGuardPrivateKey(
    @Arg('input', () => GuardPrivateKeyInput, { description: 'Which.' }) input: GuardPrivateKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<DownloadGuardPrivateKeyPayload> {
    return change(context, 'downloadGuardPrivateKey', withoutKey(input), {
      checksPassword: true,
      prepare: () => checkedId(input),
      rings: NOBODY,
      effect: (access, id) =>
        context.services.client.keys.downloadPrivate(access, id, partsOf(input), input.password),
      answer: (armored) => ({ armored }),
    });
  }
}

/** Reading changes nothing, and what was read is not kept for a repetition. */
function withoutKey(input: GuardPrivateKeyInput) {
  return { ...input, idempotencyKey: null };
}

/** @throws ProviderError INVALID_INPUT */
function checkedId({ keyId, password }: GuardPrivateKeyInput): string | null {
  const [id] = checkAll([
    () => (keyId === undefined || keyId === null ? null : requireKeyId('keyId', keyId)),
    () => checkNotEmpty('password', password),
  ]);
  return id;
}

function partsOf({ parts }: GuardPrivateKeyInput): KeyParts {
  return parts === 'PRIVATE' ? 'private' : 'public_private';
}
