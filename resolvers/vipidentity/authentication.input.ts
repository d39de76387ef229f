import { Field, InputType, Int } from 'type-graphql';
import { VipAttributeInput } from './attribute.type.js';
import { VipCommandInput, VipUserCommandInput } from './command.input.js';
import { VipCredentialKeyInput } from './credential.input.js';

const OTP = 'The code, 6 to 10 letters and digits. Secret.';
const SECOND_OTP = 'The code after that, to synchronise a token. Secret.';
const AUTH_LEVEL =
  'Level to authenticate at (authLevel.level), 1 to 10; it must be configured at the provider.';
const AUTH_CONTEXT = 'Further parameters of the context; 20 in all.';

@InputType({ description: 'A code of a user to check, without a PIN.' })
export class CheckVipOtpInput extends VipUserCommandInput {
  @Field(() => String, { description: OTP })
  otp!: string;

  @Field(() => String, { nullable: true, description: SECOND_OTP })
  secondOtp?: string | null;

  @Field(() => Int, { nullable: true, description: AUTH_LEVEL })
  authLevel?: number | null;

  @Field(() => [VipAttributeInput], { defaultValue: [], description: AUTH_CONTEXT })
  authContext!: VipAttributeInput[];
}

@InputType({
  description: 'A user to authenticate by a code of any of their credentials, or a temporary password.',
})
export class AuthenticateVipUserInput extends CheckVipOtpInput {
  @Field(() => String, {
    nullable: true,
    description: 'PIN, 4 to 128 characters; never enough by itself. Secret.',
  })
  pin?: string | null;
}

@InputType({ description: 'Credentials to authenticate by a code of one of them, without naming a user.' })
export class AuthenticateVipCredentialsInput extends VipCommandInput {
  @Field(() => [VipCredentialKeyInput], { description: 'One to five credentials, tokens or phones.' })
  credentials!: VipCredentialKeyInput[];

  @Field(() => String, { description: OTP })
  otp!: string;

  @Field(() => String, { nullable: true, description: SECOND_OTP })
  secondOtp?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Activate an inactive credential that proves itself.',
  })
  activate?: boolean | null;

  @Field(() => Int, { nullable: true, description: AUTH_LEVEL })
  authLevel?: number | null;

  @Field(() => [VipAttributeInput], { defaultValue: [], description: AUTH_CONTEXT })
  authContext!: VipAttributeInput[];
}
