import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { Access } from '../../src/providers/guardcrypto/access.js';
import { toArmor } from '../../src/providers/guardcrypto/armor.js';
import { requireKeyId } from '../../src/providers/guardcrypto/key-id.js';
import { invalidInput } from '../../src/provider-error.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import { selectedPaths } from '../shared/selected-paths.js';
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
import { GuardDonePayload } from './payload.js';
import { WRITE } from './scopes.js';

@Resolver()
export class GuardKeyChangeResolver {
  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardKeyRingPayload, {
    description: 'Makes a key ring, which becomes the current one (create). May take some seconds.',
  })
  createGuardKey(
    @Arg('input', () => CreateGuardKeyInput, { description: 'With what.' }) input: CreateGuardKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardKeyRingPayload> {
    return change(
      context,
      { operation: 'createGuardKey', input, tells: ['keys', 'PGP'] },
      async (access) => {
        const { password } = input;
        const name = requireText('name', input.name);
        const resetEmail = input.resetEmail ? requireEmailAddress('resetEmail', input.resetEmail) : null;
        return context.services.client.keys.create(access, { name, resetEmail, password });
      },
      (ring) => ({ keyRing: toKeyRing(ring) }),
    );
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
    return change(
      context,
      { operation: 'uploadGuardKeys', input, checksPassword: true, tells: ['keys', 'PGP'] },
      async (access) => {
        const armored = await armorOf(input);
        const passwords = { key: input.keyPassword ?? null, stored: input.newPassword ?? null };
        if (armored.includes('PRIVATE KEY') && !passwords.stored)
          throw invalidInput(['newPassword'], 'newPassword is needed for a private key.');
        return context.services.client.keys.upload(access, armored, passwords);
      },
      (rings) => ({ keyRings: toKeyRings(rings) }),
    );
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Deletes one of your key rings (delete). The provider keeps a copy for its administrators.',
  })
  deleteGuardKey(
    @Arg('input', () => DeleteGuardKeyInput, { description: 'Which.' }) input: DeleteGuardKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return change(
      context,
      { operation: 'deleteGuardKey', input, checksPassword: true, tells: ['keys', 'PGP'] },
      async (access) => {
        const keyId = requireKeyId('keyId', input.keyId);
        await context.services.client.keys.delete(access, keyId, input.password ?? null);
        return true;
      },
      (done) => ({ done }),
    );
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardKeyRingPayload, {
    description:
      'Adds a user id to one of your rings (addUserId), by its password or the token attached to your session.',
  })
  addGuardUserId(
    @Arg('input', () => AddGuardUserIdInput, { description: 'Which.' }) input: AddGuardUserIdInput,
    @Ctx() context: GuardContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<GuardKeyRingPayload> {
    const checksPassword = input.password !== undefined && input.password !== null;
    return change(
      context,
      // A token for a single use is gone afterwards.
      { operation: 'addGuardUserId', input, checksPassword, tells: ['keys', 'PGP'] },
      async (access) => {
        const keyId = requireKeyId('keyId', input.keyId);
        const name = requireText('name', input.name);
        const email = requireEmailAddress('email', input.email);
        await context.services.client.keys.addUserId(access, keyId, name, email, input.password ?? null);
        return keyId;
      },
      async (keyId, access) => ({ keyRing: await readBack(context, info, access, keyId) }),
    );
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardKeyRingPayload, {
    description: 'Revokes a master key, and with it the ring, or one of its subkeys, for good (revoke).',
  })
  revokeGuardKey(
    @Arg('input', () => RevokeGuardKeyInput, { description: 'Which, and why.' }) input: RevokeGuardKeyInput,
    @Ctx() context: GuardContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<GuardKeyRingPayload> {
    return change(
      context,
      { operation: 'revokeGuardKey', input, checksPassword: true, tells: ['keys'] },
      async (access) => {
        const keyId = requireKeyId('keyId', input.keyId);
        await context.services.client.keys.revoke(access, keyId, toWireReason(input.reason), input.password);
        return keyId;
      },
      async (keyId, access) => ({ keyRing: await readBack(context, info, access, keyId) }),
    );
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
    return toKeyRing(await services.client.keys.publicRing(access, keyId));
  } catch (error) {
    services.logger.warn({ provider: 'guardcrypto', err: error }, 'a changed key could not be read');
    return null;
  }
}

/** Armor out of an input. */
export function armorOf({
  armored,
  base64,
}: {
  armored?: string | null;
  base64?: string | null;
}): Promise<string> {
  return toArmor({ armored: armored ?? null, base64: base64 ?? null });
}

/** @throws ProviderError INVALID_INPUT for text that is blank or has line breaks */
export function requireText(field: string, text: string): string {
  if (text.trim() === '' || /[\r\n]/.test(text))
    throw invalidInput([field], `${field} must be text on one line.`);
  return text.trim();
}
