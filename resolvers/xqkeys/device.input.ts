import { Field, ID, InputType } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { LIMITS } from '../../src/providers/xqkeys/packet.js';
import { CommandInput } from '../shared/command.input.js';

const DEVICE_NAME = `Name of the device, 1 to ${LIMITS.deviceCharacters} characters.`;

@InputType({ description: 'A device that shares the locator key of its team.' })
export class SignInToXqAsDeviceInput extends CommandInput {
  @Field(() => ID, { description: 'Team (business_id).' })
  businessId!: string;

  @Field(() => String, { description: DEVICE_NAME })
  device!: string;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether the session may be used from other addresses than that of this server.',
  })
  isRoaming!: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      "The team's locator key; the one this server is configured with when left out. Secret: never sent to the provider, never kept.",
  })
  locatorKey?: string | null;
}

@InputType({ description: 'A device that has a certificate, with all that belongs to it.' })
export class SignInToXqWithCertificateInput extends CommandInput {
  @IdOf('XqDeviceCertificate')
  @Field(() => ID, { description: 'Id of the certificate (cert_id).' })
  certificateId!: string;

  @Field(() => String, {
    description: 'The certificate as it was issued: PEM, base64 of PEM, or base64 of DER.',
  })
  certificate!: string;

  @Field(() => String, {
    description: 'The transport key as it was issued. Secret: never sent to the provider, never kept.',
  })
  transportKey!: string;

  @Field(() => String, {
    description:
      'The RSA private key: PEM, base64 of PEM, or base64 of DER. Secret: never sent to the provider, never kept.',
  })
  privateKey!: string;

  @Field(() => String, { defaultValue: 'Device', description: DEVICE_NAME })
  device!: string;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether the device is registered as a member of the team.',
  })
  announce!: boolean;
}

@InputType({ description: 'A certificate for devices.' })
export class CreateXqDeviceCertificateInput extends CommandInput {
  @Field(() => String, { description: 'A name for it.' })
  tag!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Addresses or places that it may be used from; empty: from anywhere.',
  })
  fence!: string[];

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it can be used at once.' })
  isEnabled!: boolean;
}
