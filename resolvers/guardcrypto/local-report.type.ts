import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type {
  PgpSignature,
  SignatureForm,
  SignatureOutcome,
  SignatureReport,
  SmimeSignature,
} from '../../src/providers/guardcrypto/local/index.js';
import { GuardCertificateFacts } from './local-certificate.type.js';
import { GuardLocalContent } from './local-content.type.js';
import { GuardSignatureForm, GuardSignatureOutcome } from './local-enums.js';

@ObjectType({ description: 'What OpenPGP and S/MIME signatures have in common.' })
abstract class GuardSignature {
  @Field(() => GuardSignatureOutcome, { description: 'How it came out.' })
  readonly outcome: SignatureOutcome;

  @Field(() => String, {
    nullable: true,
    description:
      'What decided it, for example `SHA-1` of a weak one; null when it is good or there is nothing to add.',
  })
  readonly reason: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether the address the mail says it is from is one of the signer's: of the certificate, or of a self-signed user id. Null when the message does not say whom it is from, or the signer is not known. It says something of a good signature alone.",
  })
  readonly isBySender: boolean | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made, as the signer says.' })
  readonly signedAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Hash algorithm, for example `sha512`.' })
  readonly hashAlgorithm: string | null;

  constructor({ outcome, reason, isBySender, signedAt, hashAlgorithm }: PgpSignature | SmimeSignature) {
    this.outcome = outcome;
    this.reason = reason;
    this.isBySender = isBySender;
    this.signedAt = signedAt === null ? null : new Date(signedAt);
    this.hashAlgorithm = hashAlgorithm;
  }
}

@ObjectType({ description: 'An OpenPGP signature.' })
export class GuardPgpSignature extends GuardSignature {
  @Field(() => String, {
    description: 'Id of the key that signed, as the signed 64-bit number OX Guard writes, in decimal.',
  })
  readonly keyId: string;

  @Field(() => String, { description: 'Id of the key that signed, as 16 hex digits.' })
  readonly keyIdHex: string;

  @Field(() => String, {
    nullable: true,
    description: 'Fingerprint of the primary key of the signer; null when it is not among those given.',
  })
  readonly fingerprint: string | null;

  @Field(() => [String], {
    description:
      'Self-signed user ids of that key. Compare them with the sender: a good signature may be of anybody.',
  })
  readonly userIds: readonly string[];

  @Field(() => Boolean, { description: 'Whether its key has come to its end by now.' })
  readonly isKeyExpired: boolean;

  @Field(() => Boolean, { description: 'Whether its key is revoked by now.' })
  readonly isKeyRevoked: boolean;

  constructor(signature: PgpSignature) {
    super(signature);
    this.keyId = signature.keyId;
    this.keyIdHex = signature.keyIdHex;
    this.fingerprint = signature.fingerprint;
    this.userIds = signature.userIds;
    this.isKeyExpired = signature.isKeyExpired;
    this.isKeyRevoked = signature.isKeyRevoked;
  }
}

@ObjectType({ description: 'An S/MIME signature.' })
export class GuardSmimeSignature extends GuardSignature {
  @Field(() => GuardCertificateFacts, {
    nullable: true,
    description: 'Certificate of the signer. Compare its addresses with the sender.',
  })
  readonly certificate: GuardCertificateFacts | null;

  constructor(signature: SmimeSignature) {
    super(signature);
    this.certificate = signature.certificate && new GuardCertificateFacts(signature.certificate);
  }
}

@ObjectType({ description: 'What looking at the signatures of a message came to.' })
abstract class GuardSignatureReport {
  @Field(() => GuardSignatureForm, { description: 'Where the signature was found.' })
  readonly form: SignatureForm;

  @Field(() => Boolean, {
    description: 'Whether every signature is good, and no text that is shown stands around what they cover.',
  })
  readonly isVerified: boolean;

  @Field(() => Boolean, {
    description:
      'Whether the message carries nothing beside what its signatures cover and its own header fields. False also for what mail programs do not show: text before or behind the parts of a mail, as many of them write, bytes behind a signature, attributes beside what it covers, or revocation lists. Of OpenPGP compressed with BZip2 it cannot be told, so it is false.',
  })
  readonly isWhole: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'The address a mail says it is from, lower case: show this, not the name beside it. Null when it is no mail, or does not name one address and no other.',
  })
  readonly sender: string | null;

  @Field(() => GuardLocalContent, {
    description: 'Exactly what was checked: show this to people, not the message around it.',
  })
  readonly content: GuardLocalContent;

  constructor(report: Omit<SignatureReport<unknown>, 'signatures'>) {
    const { form, isVerified, isWhole, sender, content } = report;
    this.form = form;
    this.isVerified = isVerified;
    this.isWhole = isWhole;
    this.sender = sender;
    this.content = new GuardLocalContent(content);
  }
}

@ObjectType({ description: 'What looking at the OpenPGP signatures of a message came to.' })
export class GuardPgpReport extends GuardSignatureReport {
  @Field(() => [GuardPgpSignature], { description: 'Every signature, at least one.' })
  readonly signatures: readonly GuardPgpSignature[];

  constructor(report: SignatureReport<PgpSignature>) {
    super(report);
    this.signatures = report.signatures.map((signature) => new GuardPgpSignature(signature));
  }
}

@ObjectType({ description: 'What looking at the S/MIME signatures of a message came to.' })
export class GuardSmimeReport extends GuardSignatureReport {
  @Field(() => [GuardSmimeSignature], { description: 'Every signature, at least one.' })
  readonly signatures: readonly GuardSmimeSignature[];

  constructor(report: SignatureReport<SmimeSignature>) {
    super(report);
    this.signatures = report.signatures.map((signature) => new GuardSmimeSignature(signature));
  }
}
