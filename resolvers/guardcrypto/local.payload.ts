import { Field, ObjectType } from 'type-graphql';
import { Payload } from '../../src/subgraph/payload.type.js';
import { GuardCertificateFacts } from './local-certificate.type.js';
import { GuardLocalContent } from './local-content.type.js';
import { GuardPgpKeyFacts } from './local-key.type.js';
import { GuardPgpReport, GuardSmimeReport } from './local-report.type.js';
import { GuardLocalUploadTicket } from './local-ticket.type.js';

@ObjectType({ description: 'Answer to inspecting an OpenPGP key.' })
export class InspectPgpKeyPayload extends Payload {
  @Field(() => GuardPgpKeyFacts, { nullable: true, description: 'What the key says.' })
  key?: GuardPgpKeyFacts;
}

@ObjectType({ description: 'Answer to inspecting a certificate.' })
export class InspectCertificatePayload extends Payload {
  @Field(() => GuardCertificateFacts, { nullable: true, description: 'What the certificate says.' })
  certificate?: GuardCertificateFacts;
}

@ObjectType({ description: 'What answers about content have in common, which may be sent with a ticket.' })
abstract class GuardLocalContentPayload extends Payload {
  @Field(() => GuardLocalUploadTicket, {
    nullable: true,
    description: 'Where to send the content, when the input had none.',
  })
  ticket?: GuardLocalUploadTicket;
}

@ObjectType({ description: 'Answer to verifying an OpenPGP message.' })
export class VerifyPgpMessagePayload extends GuardLocalContentPayload {
  @Field(() => GuardPgpReport, { nullable: true, description: 'What its signatures came to.' })
  report?: GuardPgpReport;
}

@ObjectType({ description: 'Answer to verifying an S/MIME message.' })
export class VerifySmimeMessagePayload extends GuardLocalContentPayload {
  @Field(() => GuardSmimeReport, { nullable: true, description: 'What its signatures came to.' })
  report?: GuardSmimeReport;
}

@ObjectType({ description: 'What answers to encrypting have in common.' })
abstract class EncryptMessagePayload extends GuardLocalContentPayload {
  @Field(() => GuardLocalContent, { nullable: true, description: 'The encrypted message.' })
  message?: GuardLocalContent;
}

@ObjectType({ description: 'Answer to encrypting with OpenPGP.' })
export class EncryptPgpMessagePayload extends EncryptMessagePayload {}

@ObjectType({ description: 'Answer to encrypting with S/MIME.' })
export class EncryptSmimeMessagePayload extends EncryptMessagePayload {}
