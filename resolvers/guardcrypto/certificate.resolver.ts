import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { checkNotEmpty } from '../../src/check-given.js';
import { checkAll } from '../../src/check-all.js';
import { fromBase64 } from '../../src/providers/guardcrypto/armor.js';
import { invalidInput } from '../../src/provider-error.js';
import { NOBODY } from '../../src/subgraph/rings.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import {
  CreateGuardCertificateInput,
  DeleteGuardCertificateInput,
  UploadGuardCertificateInput,
  UploadGuardRecipientCertificatesInput,
} from './certificate.input.js';
import {
  CreateGuardCertificatePayload,
  GuardCertificate,
  GuardRecipientCertificate,
  toCertificate,
  toRecipientCertificate,
  UploadGuardCertificatesPayload,
} from './certificate.type.js';
import { change, ChecksPassword } from './change.js';
import type { GuardContext } from './context.js';
import { orNullWhenMissing } from './or-null-when-missing.js';
import { GuardDonePayload } from './payload.js';
import { READ, WRITE } from './scopes.js';

@Resolver()
export class GuardCertificateResolver {
  @RequiresScope(READ)
  @Query(() => [GuardCertificate], {
    nullable: true,
    description: 'Your S/MIME certificates (getCertificates).',
  })
  async guardCertificates(@Ctx() context: GuardContext): Promise<GuardCertificate[]> {
    const { services } = context;
    const access = await services.sessions.access(context);
    return (await services.client.certificates.list(access)).map(toCertificate);
  }

  @RequiresScope(READ)
  @Query(() => GuardRecipientCertificate, {
    nullable: true,
    description:
      'The certificate the provider would encrypt to for somebody (getRecipCertificate); null when none.',
  })
  async guardRecipientCertificate(
    @Arg('email', () => String, { description: 'E-mail address.' }) email: string,
    @Ctx() context: GuardContext,
  ): Promise<GuardRecipientCertificate | null> {
    const { services } = context;
    const address = requireEmailAddress(['email'], email);
    const access = await services.sessions.access(context);
    const found = await orNullWhenMissing(() => services.client.certificates.ofRecipient(access, address));
    return found && toRecipientCertificate(found);
  }

  @RequiresScope(READ)
  @Query(() => Boolean, {
    nullable: true,
    description: 'Whether the provider can make a certificate for you (canCreate).',
  })
  async canCreateGuardCertificate(@Ctx() context: GuardContext): Promise<boolean> {
    const { services } = context;
    return services.client.certificates.canCreate(await services.sessions.access(context));
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => CreateGuardCertificatePayload, {
    description: 'Has the provider make a certificate for you, which becomes the current one (create).',
  })
  createGuardCertificate(
    @Arg('input', () => CreateGuardCertificateInput, { description: 'With what.' })
    input: CreateGuardCertificateInput,
    @Ctx() context: GuardContext,
  ): Promise<CreateGuardCertificatePayload> {
    return change(context, 'createGuardCertificate', input, {
      tells: ['SMIME'],
      prepare: () => checkNotEmpty('password', input.password),
      rings: NOBODY,
      effect: (access) => context.services.client.certificates.create(access, input.password),
      answer: (certificate) => ({ certificate: toCertificate(certificate) }),
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => UploadGuardCertificatesPayload, {
    description: 'Uploads a certificate of yours with its key (upload).',
  })
  uploadGuardCertificate(
    @Arg('input', () => UploadGuardCertificateInput, { description: 'Which.' })
    input: UploadGuardCertificateInput,
    @Ctx() context: GuardContext,
  ): Promise<UploadGuardCertificatesPayload> {
    const { filePassword: file, newPassword: stored } = input;
    return change(context, 'uploadGuardCertificate', input, {
      checksPassword: true,
      tells: ['SMIME'],
      prepare() {
        const [bytes] = checkAll([
          () => fromBase64('pkcs12', input.pkcs12),
          () => checkNotEmpty('newPassword', stored),
        ]);
        return bytes;
      },
      rings: NOBODY,
      effect: (access, bytes) => context.services.client.certificates.upload(access, bytes, { file, stored }),
      answer: (certificates) => ({ certificates: certificates.map(toCertificate) }),
    });
  }

  @RequiresScope(WRITE)
  @Mutation(() => UploadGuardCertificatesPayload, {
    description: 'Uploads certificates of others (uploadRecipientCertificate).',
  })
  uploadGuardRecipientCertificates(
    @Arg('input', () => UploadGuardRecipientCertificatesInput, { description: 'Which.' })
    input: UploadGuardRecipientCertificatesInput,
    @Ctx() context: GuardContext,
  ): Promise<UploadGuardCertificatesPayload> {
    const { pkcs7 } = input;
    return change(context, 'uploadGuardRecipientCertificates', input, {
      prepare: () =>
        pkcs7.includes('-----BEGIN ') ? Buffer.from(pkcs7, 'utf8') : fromBase64('pkcs7', pkcs7),
      rings: NOBODY,
      effect: (access, bytes) => context.services.client.certificates.uploadOfRecipients(access, bytes),
      answer: (certificates) => ({ certificates: certificates.map(toCertificate) }),
    });
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @CallsProvider(2)
  @Mutation(() => GuardDonePayload, {
    description: 'Deletes a certificate with its key, for good: nothing keeps a copy (delete).',
  })
  deleteGuardCertificate(
    @Arg('input', () => DeleteGuardCertificateInput, { description: 'Which.' })
    input: DeleteGuardCertificateInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return change(context, 'deleteGuardCertificate', input, {
      checksPassword: true,
      tells: ['SMIME'],
      prepare() {
        checkAll([() => checkSerial(input.serial), () => checkNotEmpty('password', input.password)]);
      },
      rings: NOBODY,
      async effect(access) {
        await context.services.client.certificates.delete(access, input.serial, input.password);
        return true;
      },
      answer: (isDone) => ({ isDone }),
    });
  }
}

/** @throws ProviderError INVALID_INPUT */
function checkSerial(serial: string): void {
  if (!/^\d{1,60}$/.test(serial))
    throw invalidInput(['serial'], 'MALFORMED', 'serial must be a decimal number.');
}
