import { Field, InputType } from 'type-graphql';
import type {
  EncryptPgpInput,
  EncryptSmimeInput,
  SmimeCipher,
  SmimeKeyTransport,
} from '../../src/providers/guardcrypto/local/index.js';
import { MAX_INLINE_BYTES } from './local-limits.js';
import { GuardPgpForm, GuardSmimeCipher, GuardSmimeForm, GuardSmimeKeyTransport } from './local-enums.js';

const CONTENT = `exactly one of both, at most ${MAX_INLINE_BYTES} bytes`;
const LEFT_OUT = 'Left out: you are given a ticket to send it with, for what is larger.';
const KEY = 'armored, or Base64 of its binary form; never a private one';
const CERTIFICATE = 'PEM, or Base64 of DER; never with a private key';

@InputType({ description: 'Text, or bytes as Base64.' })
export class GuardLocalContentInput {
  @Field(() => String, { nullable: true, description: `Text (UTF-8); ${CONTENT}.` })
  text?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Bytes as Base64 (RFC 4648, padded; blanks and line ends do not matter), needed when it is not UTF-8; ${CONTENT}.`,
  })
  base64?: string | null;
}

@InputType({ description: 'An OpenPGP key to look into.' })
export class InspectPgpKeyInput {
  @Field(() => String, { description: `One public key, ${KEY}.` })
  key!: string;
}

@InputType({ description: 'A certificate to look into.' })
export class InspectCertificateInput {
  @Field(() => String, { description: `One certificate, ${CERTIFICATE}.` })
  certificate!: string;
}

@InputType({ description: 'A message whose OpenPGP signatures are to be checked.' })
export class VerifyPgpMessageInput {
  @Field(() => GuardLocalContentInput, {
    nullable: true,
    description: `A mail (PGP/MIME or inline), an armored or binary signed message, or with \`signature\` what was signed. ${LEFT_OUT}`,
  })
  message?: GuardLocalContentInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'A detached signature, armored or Base64 of its binary form.',
  })
  signature?: string | null;

  @Field(() => [String], { description: `Public keys of those who may have signed, each ${KEY}.` })
  keys!: string[];
}

@InputType({ description: 'A message whose S/MIME signatures are to be checked.' })
export class VerifySmimeMessageInput {
  @Field(() => GuardLocalContentInput, {
    nullable: true,
    description: `A mail, a PKCS7 message, or with \`signature\` what was signed. ${LEFT_OUT}`,
  })
  message?: GuardLocalContentInput | null;

  @Field(() => String, { nullable: true, description: 'A detached PKCS7 signature, PEM or Base64 of DER.' })
  signature?: string | null;

  @Field(() => [String], {
    description: `Certificates you trust, of authorities or of signers, each ${CERTIFICATE}. Revocation lists are not asked for.`,
  })
  trusted!: string[];
}

@InputType({ description: 'What to encrypt with OpenPGP, and to whom.' })
export class EncryptPgpMessageInput {
  @Field(() => GuardLocalContentInput, {
    nullable: true,
    description: `What to encrypt. ${LEFT_OUT}`,
  })
  content?: GuardLocalContentInput | null;

  @Field(() => [String], {
    description: `Public keys of everybody who shall read it, 1 to 100, each ${KEY}.`,
  })
  keys!: string[];

  @Field(() => GuardPgpForm, {
    defaultValue: GuardPgpForm.ARMORED,
    description: 'What the message shall be.',
  })
  form!: EncryptPgpInput['form'];
}

@InputType({ description: 'What to encrypt with S/MIME, and to whom.' })
export class EncryptSmimeMessageInput {
  @Field(() => GuardLocalContentInput, {
    nullable: true,
    description: `What to encrypt. ${LEFT_OUT}`,
  })
  content?: GuardLocalContentInput | null;

  @Field(() => [String], {
    description: `Certificates of everybody who shall read it, 1 to 100, each ${CERTIFICATE}.`,
  })
  certificates!: string[];

  @Field(() => GuardSmimeForm, {
    defaultValue: GuardSmimeForm.PEM,
    description: 'What the message shall be.',
  })
  form!: EncryptSmimeInput['form'];

  @Field(() => GuardSmimeCipher, {
    defaultValue: GuardSmimeCipher.AES_256_CBC,
    description: 'How the content is encrypted.',
  })
  cipher!: SmimeCipher;

  @Field(() => GuardSmimeKeyTransport, {
    defaultValue: GuardSmimeKeyTransport.PKCS1_V1_5,
    description: 'How the key to the content is encrypted for RSA certificates.',
  })
  keyTransport!: SmimeKeyTransport;
}
