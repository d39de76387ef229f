import { Field, ID, InputType } from 'type-graphql';
import { IdOf } from '../../src/subgraph/id-of.js';
import { VipCommandInput, VipUserCommandInput } from './command.input.js';
import { VipCredentialType } from './enums.js';

const CREDENTIAL_ID =
  'Serial number of a token, or digits of a phone number with country code (credentialId), 4 to 100 characters.';
const TYPE = 'What kind it is (credentialType).';

@InputType({ description: 'Which credential.' })
export class VipCredentialKeyInput {
  @IdOf('VipCredential', 'onBehalfOfAccountId', 'type')
  @Field(() => ID, { description: CREDENTIAL_ID })
  credentialId!: string;

  @Field(() => VipCredentialType, { defaultValue: 'STANDARD_OTP', description: TYPE })
  type!: string;
}

@InputType({ description: 'Which credential of which user.' })
export abstract class VipUserCredentialInput extends VipUserCommandInput {
  @IdOf('VipCredential', 'onBehalfOfAccountId', 'type')
  @Field(() => ID, { description: CREDENTIAL_ID })
  credentialId!: string;

  @Field(() => VipCredentialType, { defaultValue: 'STANDARD_OTP', description: TYPE })
  type!: string;
}

@InputType({ description: 'A credential to bind to a user, proven by a code.' })
export class AddVipCredentialInput extends VipUserCredentialInput {
  @Field(() => String, { nullable: true, description: 'What the user calls it, 1 to 125 characters.' })
  friendlyName?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the credential's details call it trusted (credentialDetail/trustedDevice).",
  })
  isTrustedCredentialDevice?: boolean | null;

  @Field(() => String, { description: 'A code of the credential, 6 to 10 characters. Secret.' })
  otp!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The code after that, to synchronise a token. Secret.',
  })
  secondOtp?: string | null;
}

@InputType({ description: 'A device to bind to a user as trusted, without a code.' })
export class AddVipTrustedDeviceInput extends VipUserCredentialInput {
  @Field(() => String, { nullable: true, description: 'What the user calls it, 1 to 125 characters.' })
  friendlyName?: string | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether the device is trusted (trustedDevice); not for mobile credentials.',
  })
  isTrustedDevice!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the credential's details call it trusted (credentialDetail/trustedDevice).",
  })
  isTrustedCredentialDevice?: boolean | null;
}

@InputType({ description: 'A new name for a credential of a user.' })
export class UpdateVipCredentialInput extends VipUserCredentialInput {
  @Field(() => String, { description: 'What the user calls it, 1 to 125 characters.' })
  friendlyName!: string;
}

@InputType({ description: 'A credential to take from a user.' })
export class RemoveVipCredentialInput extends VipUserCredentialInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the trusted device is meant (trustedDevice).',
  })
  isTrustedDevice?: boolean | null;
}

@InputType({ description: 'Where an SMS goes (smsDeliveryInfo).' })
export class VipSmsInput {
  @Field(() => String, { description: 'Phone number: digits only, country code first.' })
  phoneNumber!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Sender on the phone, 3 to 20 digits.',
    deprecationReason: 'The provider ignores it today.',
  })
  smsFrom?: string | null;

  @Field(() => String, { nullable: true, description: 'Text before the code, 5 to 140 characters.' })
  messageTemplate?: string | null;

  @Field(() => String, { nullable: true, description: 'SMS gateway account of yours (gatewayAcctInfo/Id).' })
  gatewayId?: string | null;

  @Field(() => String, { nullable: true, description: 'Password of that account. Secret.' })
  gatewayPassword?: string | null;
}

@InputType({ description: 'Where a voice call goes (voiceDeliveryInfo).' })
export class VipVoiceInput {
  @Field(() => String, {
    description:
      'Phone number: digits only, country code first; x and an extension may follow (, and . are pauses).',
  })
  phoneNumber!: string;

  @Field(() => String, { nullable: true, description: 'Language of the voice; the provider speaks en-us.' })
  language?: string | null;
}

@InputType({ description: 'A phone to make known to the account; give sms or voice. It is sent a code.' })
export class RegisterVipPhoneInput extends VipCommandInput {
  @Field(() => VipSmsInput, { nullable: true, description: 'Register it for SMS.' })
  sms?: VipSmsInput | null;

  @Field(() => VipVoiceInput, { nullable: true, description: 'Register it for voice calls.' })
  voice?: VipVoiceInput | null;
}

@InputType({ description: 'A service whose codes the provider makes.' })
export class RegisterVipServiceInput extends VipCommandInput {
  @Field(() => ID, { description: 'Id for the new credential (serviceOtpDeliveryInfo/id).' })
  serviceId!: string;
}

@InputType({ description: 'A phone of a user to send a code to; give sms or voice.' })
export class SendVipOtpInput extends VipUserCommandInput {
  @Field(() => VipSmsInput, { nullable: true, description: 'Send it by SMS.' })
  sms?: VipSmsInput | null;

  @Field(() => VipVoiceInput, { nullable: true, description: 'Say it in a call.' })
  voice?: VipVoiceInput | null;
}
