import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import type { Certificate, RecipientCertificate } from '../../src/providers/guardcrypto/wire/certificates.js';
import { personOf } from '../../src/subgraph/person.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { Person } from './person.type.js';
import { dateOf } from './token.type.js';

@ObjectType({ description: 'What is told of every S/MIME certificate.' })
abstract class GuardCertificateFactsOfServer {
  @Field(() => ID, { description: 'Serial number, in decimal.' })
  readonly serial!: string;

  @Field(() => String, { nullable: true, description: 'Name of who issued it (certifier).' })
  readonly issuer!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ends (expires).' })
  readonly expiresAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether it has ended.' })
  readonly isExpired!: boolean;
}

@ObjectType({ description: 'An S/MIME certificate the provider keeps (Certificate).' })
export class GuardCertificate extends GuardCertificateFactsOfServer {
  @Field(() => String, { nullable: true, description: 'Address it is for.' })
  readonly email!: string | null;

  @Field(() => Person, { nullable: true, description: 'Whom it is for, as every provider knows them.' })
  readonly person!: Person | null;

  @Field(() => Boolean, { description: 'Whether it is the one for new mails (current).' })
  readonly isCurrent!: boolean;
}

@ObjectType({
  description: 'The S/MIME certificate the provider would encrypt to for somebody (RecipientCertificate).',
})
export class GuardRecipientCertificate extends GuardCertificateFactsOfServer {}

@ObjectType({ description: 'Answer to making a certificate.' })
export class CreateGuardCertificatePayload extends Payload {
  @Field(() => GuardCertificate, {
    nullable: true,
    description: 'The certificate; null when there is a problem.',
  })
  certificate?: GuardCertificate;
}

@ObjectType({ description: 'Answer to uploading certificates.' })
export class UploadGuardCertificatesPayload extends Payload {
  @Field(() => [GuardCertificate], { nullable: true, description: 'The certificates that were uploaded.' })
  certificates?: GuardCertificate[];
}

export function toRecipientCertificate(wire: RecipientCertificate): GuardRecipientCertificate {
  const { serial, certifier, expires, expired } = wire;
  return { serial, issuer: certifier, expiresAt: dateOf(expires), isExpired: expired };
}

export function toCertificate(wire: Certificate): GuardCertificate {
  const { email, current } = wire;
  return { ...toRecipientCertificate(wire), email, person: personOf(email ?? ''), isCurrent: current };
}
