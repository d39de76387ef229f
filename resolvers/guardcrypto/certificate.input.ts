import { Field, ID, InputType } from 'type-graphql';
import { CommandInput } from '../shared/command.input.js';

@InputType({ description: 'A certificate with its key to upload.' })
export class UploadGuardCertificateInput extends CommandInput {
  @Field(() => String, { description: 'PKCS12 file (.p12 or .pfx) as Base64. Secret.' })
  pkcs12!: string;

  @Field(() => String, { description: 'Password of the file. Secret: used once, never kept.' })
  filePassword!: string;

  @Field(() => String, { description: 'Password to keep the key with. Secret: used once, never kept.' })
  newPassword!: string;
}

@InputType({ description: 'Certificates of others to upload.' })
export class UploadGuardRecipientCertificatesInput extends CommandInput {
  @Field(() => String, { description: 'PKCS7 bundle (.p7b or .p7c): PEM, or Base64 of DER.' })
  pkcs7!: string;
}

@InputType({ description: 'A certificate the provider is to make for you.' })
export class CreateGuardCertificateInput extends CommandInput {
  @Field(() => String, { description: 'Password for its key. Secret: used once, never kept.' })
  password!: string;
}

@InputType({ description: 'A certificate to delete, with its key, for good.' })
export class DeleteGuardCertificateInput extends CommandInput {
  @Field(() => ID, { description: 'Serial number, in decimal.' })
  serial!: string;

  @Field(() => String, { description: 'Password of its key. Secret: used once, never kept.' })
  password!: string;
}
