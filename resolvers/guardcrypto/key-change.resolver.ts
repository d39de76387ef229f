import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import { checkNotEmpty } from '../../src/check-given.js';
import { checkAll } from '../../src/check-all.js';
import type { Access } from '../../src/providers/guardcrypto/access.js';
import { requireKeyId } from '../../src/providers/guardcrypto/key-id.js';
import { invalidInput } from '../../src/provider-error.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import { selectedPaths } from '../shared/selected-paths.js';
import { armorOf } from './armor-of.js';
import { change, ChecksPassword } from './change.js';
import type { GuardContext } from './context.js';
import { toWireReason } from './enums.js';
import {
  AddGuardUserIdInput,
  CreateGuardKeyInput,
  DeleteGuardKeyInput,
  RevokeGuardKeyInput,
  UploadGuardKeysInput,
} from './key.input.js';
import { GuardKeyRingPayload, UploadGuardKeysPayload } from './key.payload.js';
import { toKeyRing, toKeyRings } from './key.type.js';
import type { GuardKeyRing } from './key.type.js';
import { ownRing } from './own-ring.js';
import { GuardDonePayload } from './payload.js';
import { WRITE } from './scopes.js';

@Resolver()
export class GuardKeyChangeResolver {
  @ChecksPassword()
  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => GuardKeyRingPayload, {
    description: 'Makes a key ring, which becomes the current one (create). May take some seconds.',
  })
  createGuardKey(
    @Arg('input', () => CreateGuardKeyInput, { description: 'With what.' }) input: CreateGuardKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardKeyRingPayload> {
    const { password } = input;
    return change(context, 'createGuardKey', input, {
      tells: ['keys', 'PGP'],
      prepare() {
        const [name, resetEmail] = checkAll([
          () => requireText('name', input.name),
          () =>
            typeof input.resetEmail === 'string'
              ? requireEmailAddress(['resetEmail'], input.resetEmail)
              : null,
          () => checkNotEmpty('password', password),
        ]);
        return { name, resetEmail };
      },
      rings: NOBODY,
      effect: (access, owner) => context.services.client.keys.create(access, { ...owner, password }),
      answer: (ring) => ({ keyRing: toKeyRing(ring) }),
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => UploadGuardKeysPayload, {
    description:
      'Uploads key rings of yours (upload); a private one is opened and kept with another password.',
  })
  uploadGuardKeys(
    @Arg('input', () => UploadGuardKeysInput, { description: 'Which.' }) input: UploadGuardKeysInput,
    @Ctx() context: GuardContext,
  ): Promise<UploadGuardKeysPayload> {
    const passwords = { key: input.keyPassword ?? null, stored: input.newPassword ?? null };
    return change(context, 'uploadGuardKeys', input, {
      checksPassword: passwords.key !== null,
      tells: ['keys', 'PGP'],
      async prepare() {
        const armored = await armorOf(input);
        if (armored.includes('PRIVATE KEY') && !passwords.stored)
          throw invalidInput(['newPassword'], 'MISSING', 'newPassword is needed for a private key.');
        return armored;
      },
      rings: NOBODY,
      effect: (access, armored) => context.services.client.keys.upload(access, armored, passwords),
      answer: (rings) => ({ keyRings: toKeyRings(rings) }),
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => GuardDonePayload, {
    description: 'Deletes one of your key rings (delete). The provider keeps a copy for its administrators.',
  })
  deleteGuardKey(
    @Arg('input', () => DeleteGuardKeyInput, { description: 'Which.' }) input: DeleteGuardKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return change(context, 'deleteGuardKey', input, {
      checksPassword: hasPassword(input),
      tells: ['keys', 'PGP'],
      prepare: () => requireKey(input),
      rings: NOBODY,
      async effect(access, keyId) {
        await context.services.client.keys.delete(access, keyId, input.password ?? null);
        return true;
      },
      answer: (isDone) => ({ isDone }),
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @CallsProvider(3)
  @Mutation(() => GuardKeyRingPayload, {
    description:
      'Adds a user id to one of your rings (addUserId), by its password or the token attached to your session.',
  })
  addGuardUserId(
    @Arg('input', () => AddGuardUserIdInput, { description: 'Which.' }) input: AddGuardUserIdInput,
    @Ctx() context: GuardContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<GuardKeyRingPayload> {
    return change(context, 'addGuardUserId', input, {
      checksPassword: hasPassword(input),
      // A token for a single use is gone afterwards.
      tells: ['keys', 'PGP'],
      prepare() {
        const [keyId, name, email] = checkAll([
          () => requireKey(input),
          () => requireText('name', input.name),
          () => requireEmailAddress(['email'], input.email),
        ]);
        return { keyId, name, email };
      },
      rings: NOBODY,
      async effect(access, { keyId, name, email }) {
        await context.services.client.keys.addUserId(access, keyId, name, email, input.password ?? null);
        return keyId;
      },
      answer: async (keyId, access) => ({ keyRing: await readBack(context, info, access, keyId) }),
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @CallsProvider(3)
  @Mutation(() => GuardKeyRingPayload, {
    description: 'Revokes a master key, and with it the ring, or one of its subkeys, for good (revoke).',
  })
  revokeGuardKey(
    @Arg('input', () => RevokeGuardKeyInput, { description: 'Which, and why.' }) input: RevokeGuardKeyInput,
    @Ctx() context: GuardContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<GuardKeyRingPayload> {
    return change(context, 'revokeGuardKey', input, {
      checksPassword: hasPassword(input),
      tells: ['keys'],
      prepare: () => requireKey(input),
      rings: NOBODY,
      async effect(access, keyId) {
        await context.services.client.keys.revoke(access, keyId, toWireReason(input.reason), input.password);
        return keyId;
      },
      answer: async (keyId, access) => ({ keyRing: await readBack(context, info, access, keyId) }),
    });
  }
}

/** The ring as it is now, where it is asked for; a failure to read it does not undo the command. */
async function readBack(
  { services }: GuardContext,
  info: GraphQLResolveInfo,
  access: Access,
  keyId: string,
): Promise<GuardKeyRing | null> {
  if (!selectedPaths(info).has('keyRing')) return null;
  try {
    return await ownRing(services.client.keys, access, keyId, info, 'keyRing.');
  } catch (error) {
    services.logger.warn({ provider: 'guardcrypto', err: error }, 'a changed key could not be read');
    return null;
  }
}

/** The key, which may be opened by the password. @throws ProviderError INVALID_INPUT */
function requireKey(input: { readonly keyId: string; readonly password?: string | null }): string {
  const [keyId] = checkAll([
    () => requireKeyId('keyId', input.keyId),
    () => checkNotEmpty('password', input.password),
  ]);
  return keyId;
}

/** By a token attached to the session otherwise. */
function hasPassword({ password }: { readonly password?: string | null }): boolean {
  return password !== undefined && password !== null;
}

/** @throws ProviderError INVALID_INPUT for text that is blank or has line breaks */
function requireText(field: string, text: string): string {
  const line = text.trim();
  if (line !== '' && !/[\r\n]/.test(line)) return line;
  throw invalidInput([field], line === '' ? 'BLANK' : 'MALFORMED', `${field} must be text on one line.`);
}
