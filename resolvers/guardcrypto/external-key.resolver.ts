import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { checkAll } from '../../src/check-all.js';
import { requireKeyId } from '../../src/providers/guardcrypto/key-id.js';
import { requireAutocryptAddress, requireSender } from '../../src/providers/guardcrypto/autocrypt.js';
import type { ExternalSource } from '../../src/providers/guardcrypto/external-keys.js';
import { invalidInput } from '../../src/provider-error.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import { change } from './change.js';
import { namingThing } from './naming-thing.js';
import type { GuardContext } from './context.js';
import { GuardExternalKeySource } from './enums.js';
import {
  CreateGuardRecipientKeyInput,
  DeleteGuardExternalKeyInput,
  ImportGuardAutocryptKeyInput,
  SetGuardExternalKeyInlineInput,
  UploadGuardExternalKeysInput,
  VerifyGuardAutocryptKeyInput,
} from './external-key.input.js';
import {
  GuardAutocryptPayload,
  GuardExternalKey,
  toAutocryptKey,
  toExternalKey,
  UploadGuardExternalKeysPayload,
} from './external-key.type.js';
import { armorOf } from './armor-of.js';
import { orNullWhenMissing } from './or-null-when-missing.js';
import { GuardDonePayload } from './payload.js';
import { CreateGuardRecipientKeyPayload, GuardRecipientKey, toRecipientKey } from './recipient.type.js';
import { READ, WRITE } from './scopes.js';
import { KEY_ID, KeyIdArgument } from './key-names.js';

@Resolver()
export class GuardExternalKeyResolver {
  @RequiresScope(READ)
  @Query(() => [GuardExternalKey], {
    nullable: true,
    description: 'Public keys of others that you have (getExternalPublicKeys).',
  })
  async guardExternalKeys(
    @Arg('source', () => GuardExternalKeySource, { defaultValue: 'UPLOADED', description: 'Which of them.' })
    source: string,
    @Ctx() context: GuardContext,
  ): Promise<GuardExternalKey[]> {
    const { services } = context;
    const access = await services.sessions.access(context);
    return (await services.client.externalKeys.list(access, toWireSource(source))).map(toExternalKey);
  }

  @RequiresScope(READ)
  @Query(() => [GuardExternalKey], {
    nullable: true,
    description: 'Public keys of one of your contacts (getContactKeys).',
  })
  async guardContactKeys(
    @Arg('folderId', () => ID, { description: 'Folder of the address book (contactFolder).' })
    folderId: string,
    @Arg('contactId', () => ID, { description: 'The contact (contactID).' }) contactId: string,
    @Ctx() context: GuardContext,
  ): Promise<GuardExternalKey[]> {
    const { services } = context;
    const access = await services.sessions.access(context);
    return (await services.client.externalKeys.ofContact(access, folderId, contactId)).map(toExternalKey);
  }

  @RequiresScope(READ)
  @Query(() => GuardRecipientKey, {
    nullable: true,
    description:
      'What the provider would encrypt to for somebody (getRecipKey, which makes nothing here); null when nothing is known. One of the two arguments is needed.',
  })
  async guardRecipientKey(
    @Arg('email', () => String, { nullable: true, description: 'E-mail address.' }) email: string | undefined,
    @KeyIdArgument
    @Arg('keyId', () => ID, {
      nullable: true,
      description: KEY_ID,
    })
    keyId: string | undefined,
    @Ctx() context: GuardContext,
  ): Promise<GuardRecipientKey | null> {
    const { services } = context;
    if (Boolean(email) === Boolean(keyId))
      throw invalidInput(
        ['email'],
        email ? 'CONTRADICTORY' : 'MISSING',
        'Either email or keyId must be given.',
      );
    const query = email
      ? { email: requireEmailAddress(['email'], email) }
      : { keyId: requireKeyId('keyId', keyId ?? '') };
    const access = await services.sessions.access(context);
    const found = await orNullWhenMissing(() => services.client.externalKeys.find(access, query));
    return found && toRecipientKey(found);
  }

  @RequiresScope(WRITE)
  @Mutation(() => CreateGuardRecipientKeyPayload, {
    description:
      'Finds what the provider would encrypt to for somebody, and makes a key where there is none: for somebody outside, an account for a guest with it (getRecipKey).',
  })
  createGuardRecipientKey(
    @Arg('input', () => CreateGuardRecipientKeyInput, { description: 'For whom.' })
    input: CreateGuardRecipientKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<CreateGuardRecipientKeyPayload> {
    return change(context, 'createGuardRecipientKey', input, {
      prepare: () => requireEmailAddress(['email'], input.email),
      rings: NOBODY,
      effect: (access, email) => context.services.client.externalKeys.findOrCreate(access, email),
      answer: (found) => ({ recipientKey: found && toRecipientKey(found) }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => UploadGuardExternalKeysPayload, {
    description: 'Uploads public keys of others (uploadExternalPublicKey).',
  })
  uploadGuardExternalKeys(
    @Arg('input', () => UploadGuardExternalKeysInput, { description: 'Which.' })
    input: UploadGuardExternalKeysInput,
    @Ctx() context: GuardContext,
  ): Promise<UploadGuardExternalKeysPayload> {
    return change(context, 'uploadGuardExternalKeys', input, {
      async prepare() {
        const armored = await armorOf(input);
        if (!armored.includes('PRIVATE KEY')) return armored;
        const field = input.armored ? 'armored' : 'base64';
        throw invalidInput([field], 'NOT_ALLOWED', 'A private key of somebody else is not taken.');
      },
      rings: NOBODY,
      effect: (access, armored) => context.services.client.externalKeys.upload(access, armored),
      answer: (rings) => ({ externalKeys: rings.map(toExternalKey) }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Sets how mails to the owner of an uploaded key are written (inlineExternalPublicKey).',
  })
  setGuardExternalKeyInline(
    @Arg('input', () => SetGuardExternalKeyInlineInput, { description: 'Which, and how.' })
    input: SetGuardExternalKeyInlineInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return change(context, 'setGuardExternalKeyInline', input, {
      rings: NOBODY,
      async effect(access) {
        await context.services.client.externalKeys.setInline(access, input.id, input.isInline);
        return true;
      },
      answer: (isDone) => ({ isDone }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Deletes a public key of somebody else (deleteExternalPublicKey).',
  })
  deleteGuardExternalKey(
    @Arg('input', () => DeleteGuardExternalKeyInput, { description: 'Which.' })
    input: DeleteGuardExternalKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return change(context, 'deleteGuardExternalKey', input, {
      rings: NOBODY,
      async effect(access) {
        await context.services.client.externalKeys.delete(access, input.id, toWireSource(input.source));
        return true;
      },
      answer: (isDone) => ({ isDone }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => GuardAutocryptPayload, {
    description:
      'Takes the key out of the Autocrypt header of a mail (importAutoCryptHeader), if the header speaks for its sender.',
  })
  importGuardAutocryptKey(
    @Arg('input', () => ImportGuardAutocryptKeyInput, { description: 'The header, and what to do.' })
    input: ImportGuardAutocryptKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardAutocryptPayload> {
    const { header, from, sentAt, action } = input;
    return change(context, 'importGuardAutocryptKey', input, {
      prepare() {
        const [sender, address] = checkAll([
          () => requireEmailAddress(['from'], from),
          () => requireAutocryptAddress(header),
        ]);
        requireSender(sender, address);
      },
      rings: NOBODY,
      effect: (access) =>
        context.services.client.externalKeys.importAutocrypt(access, {
          header,
          sentAt: sentAt.getTime(),
          add: action !== 'REPORT',
          confirmed: action === 'CONFIRM',
        }),
      answer: (result) => ({ autocryptKey: toAutocryptKey(result) }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => GuardAutocryptPayload, {
    description: 'Sets whether a key that was collected from a header is verified (verifyAutoCryptKey).',
  })
  verifyGuardAutocryptKey(
    @Arg('input', () => VerifyGuardAutocryptKeyInput, { description: 'Which.' })
    input: VerifyGuardAutocryptKeyInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardAutocryptPayload> {
    const { isVerified } = input;
    return change(context, 'verifyGuardAutocryptKey', input, {
      prepare() {
        const fingerprint = input.fingerprint.replace(/\s+/g, '').toLowerCase();
        if (/^[\da-f]{40}$/.test(fingerprint)) return fingerprint;
        throw invalidInput(['fingerprint'], 'MALFORMED', 'fingerprint must have 40 hex digits.');
      },
      rings: NOBODY,
      effect: (access, fingerprint) =>
        namingThing(['fingerprint'], () =>
          context.services.client.externalKeys.setAutocryptVerified(access, fingerprint, isVerified),
        ),
      answer: (result) => ({ autocryptKey: toAutocryptKey(result) }),
    });
  }
}

function toWireSource(source: string): ExternalSource {
  return source === 'AUTOCRYPT' ? 'autocrypt' : 'uploaded';
}
