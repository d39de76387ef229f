import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { fromBase64 } from '../../src/providers/guardcrypto/armor.js';
import { invalidInput } from '../../src/provider-error.js';
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
import { orNullWhenMissing } from './key.resolver.js';
import { GuardDonePayload } from './payload.js';
import { READ, WRITE } from './scopes.js';

@Resolver()
export class GuardCertificateResolver {
  @RequiresScope(READ)
  @Query(() => [GuardCertificate], {
    nullable: true,
    description: 'Your S/MIME certificates (getCertificates).',
  })
  async guardCertificates(@Ctx() { caller, services }: GuardContext): Promise<GuardCertificate[]> {
    const access = await services.sessions.of(caller);
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
    @Ctx() { caller, services }: GuardContext,
  ): Promise<GuardRecipientCertificate | null> {
    const address = requireEmailAddress('email', email);
    const access = await services.sessions.of(caller);
    const found = await orNullWhenMissing(() => services.client.certificates.ofRecipient(access, address));
    return found && toRecipientCertificate(found);
  }

  @RequiresScope(READ)
  @Query(() => Boolean, {
    nullable: true,
    description: 'Whether the provider can make a certificate for you (canCreate).',
  })
  async guardCanCreateCertificate(@Ctx() { caller, services }: GuardContext): Promise<boolean> {
    return services.client.certificates.canCreate(await services.sessions.of(caller));
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
    return change(
      context,
      { operation: 'createGuardCertificate', input, tells: ['SMIME'] },
      async (access) => {
        if (input.password === '') throw invalidInput(['password'], 'password must not be empty.');
        return context.services.client.certificates.create(access, input.password);
      },
      (certificate) => ({ certificate: toCertificate(certificate) }),
    );
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
    return change(
      context,
      { operation: 'uploadGuardCertificate', input, checksPassword: true, tells: ['SMIME'] },
      async (access) => {
        const { filePassword: file, newPassword: stored } = input;
        if (stored === '') throw invalidInput(['newPassword'], 'newPassword must not be empty.');
        const bytes = fromBase64('pkcs12', input.pkcs12);
        return context.services.client.certificates.upload(access, bytes, { file, stored });
      },
      (certificates) => ({ certificates: certificates.map(toCertificate) }),
    );
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
    return change(
      context,
      { operation: 'uploadGuardRecipientCertificates', input },
      async (access) => {
        const { pkcs7 } = input;
        const isPem = pkcs7.includes('-----BEGIN ');
        const bytes = isPem ? Buffer.from(pkcs7, 'utf8') : fromBase64('pkcs7', pkcs7);
        return context.services.client.certificates.uploadOfRecipients(access, bytes);
      },
      (certificates) => ({ certificates: certificates.map(toCertificate) }),
    );
  }

  @ChecksPassword()
  @RequiresScope(WRITE)
  @Mutation(() => GuardDonePayload, {
    description: 'Deletes a certificate with its key, for good: nothing keeps a copy (delete).',
  })
  deleteGuardCertificate(
    @Arg('input', () => DeleteGuardCertificateInput, { description: 'Which.' })
    input: DeleteGuardCertificateInput,
    @Ctx() context: GuardContext,
  ): Promise<GuardDonePayload> {
    return change(
      context,
      { operation: 'deleteGuardCertificate', input, checksPassword: true, tells: ['SMIME'] },
      async (access) => {
        if (!/^\d{1,60}$/.test(input.serial))
          throw invalidInput(['serial'], 'serial must be a decimal number.');
        await context.services.client.certificates.delete(access, input.serial, input.password);
        return true;
      },
      (done) => ({ done }),
    );
  }
}
