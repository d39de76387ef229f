import { Field, ID, InputType } from 'type-graphql';
import { VipAttributeInput } from './attribute.type.js';
import { VipUserCommandInput } from './command.input.js';

const FINGERPRINT =
  "What the provider's script says of the device (IAAuthData), at most 2000 characters. Personal data.";
const ATTRIBUTES = 'Further facts (KeyValuePairs); at most 20.';

@InputType({ description: 'A sign-in to evaluate.' })
export class EvaluateVipRiskInput extends VipUserCommandInput {
  @Field(() => String, { description: 'IPv4 address of the user.' })
  ipAddress!: string;

  @Field(() => String, { description: 'User agent of the browser, 1 to 250 characters.' })
  userAgent!: string;

  @Field(() => String, { nullable: true, description: FINGERPRINT })
  deviceFingerprint?: string | null;

  @Field(() => [VipAttributeInput], { defaultValue: [], description: ATTRIBUTES })
  attributes!: VipAttributeInput[];
}

@InputType({ description: 'A sign-in that was fraud: the challenge failed.' })
export class ConfirmVipRiskInput extends VipUserCommandInput {
  @Field(() => ID, { description: 'Id that evaluateVipRisk has answered.' })
  eventId!: string;

  @Field(() => String, { nullable: true, description: 'How the user was challenged, such as PUSH.' })
  verifyMethod?: string | null;

  @Field(() => [VipAttributeInput], { defaultValue: [], description: ATTRIBUTES })
  attributes!: VipAttributeInput[];
}

@InputType({ description: 'A sign-in that was no fraud: the challenge succeeded. Within 30 minutes.' })
export class DenyVipRiskInput extends ConfirmVipRiskInput {
  @Field(() => String, { nullable: true, description: FINGERPRINT })
  deviceFingerprint?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to remember the device as a credential of the user; needs deviceFingerprint.',
  })
  rememberDevice?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the user calls the device, 1 to 125 characters.',
  })
  friendlyName?: string | null;
}
