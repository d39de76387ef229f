import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { SafeBoxRetention, SafeBoxTimeUnit } from './enums.js';

@ObjectType({ description: 'A number of a security profile.' })
export class SafeBoxNumberRule {
  @Field(() => Int, { nullable: true, description: 'The value; null when it is not set.' })
  readonly value!: number | null;

  @Field(() => Boolean, {
    name: 'isModifiable',
    nullable: true,
    description: 'Whether the sender may choose another value.',
  })
  readonly modifiable!: boolean | null;
}

@ObjectType({ description: 'A yes or no of a security profile.' })
export class SafeBoxFlagRule {
  @Field(() => Boolean, {
    name: 'isEnabled',
    nullable: true,
    description: 'The value; null when it is not set.',
  })
  readonly value!: boolean | null;

  @Field(() => Boolean, {
    name: 'isModifiable',
    nullable: true,
    description: 'Whether the sender may choose another value.',
  })
  readonly modifiable!: boolean | null;
}

@ObjectType({ description: 'A word of a security profile.' })
export class SafeBoxTextRule {
  @Field(() => String, {
    nullable: true,
    description: 'The value, as the provider words it; null when it is not set.',
  })
  readonly value!: string | null;

  @Field(() => Boolean, {
    name: 'isModifiable',
    nullable: true,
    description: 'Whether the sender may choose another value.',
  })
  readonly modifiable!: boolean | null;
}

@ObjectType({ description: 'A reference of a security profile.' })
export class SafeBoxIdRule {
  @Field(() => ID, { nullable: true, description: 'The id; null when it is not set.' })
  readonly value!: string | null;

  @Field(() => Boolean, {
    name: 'isModifiable',
    nullable: true,
    description: 'Whether the sender may choose another value.',
  })
  readonly modifiable!: boolean | null;
}

@Identified<SafeBoxSecurityProfile>(({ id }) => [id])
@ObjectType({
  description: 'The rules a SafeBox is made with (SendSecure SecurityProfile; get_security_profiles).',
})
export class SafeBoxSecurityProfile {
  @Field(() => ID, { name: 'securityProfileId', description: 'Its number at the provider.' })
  readonly id!: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  readonly description!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;

  @Field(() => SafeBoxNumberRule, {
    nullable: true,
    description: 'Failed logins after which a guest is locked out.',
  })
  readonly allowedLoginAttempts!: SafeBoxNumberRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether a guest may be remembered.' })
  readonly allowRememberMe!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether codes go by text message.' })
  readonly allowSms!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether codes go by voice call.' })
  readonly allowVoice!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether codes go by e-mail.' })
  readonly allowEmail!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxNumberRule, {
    name: 'codeTimeLimitMinutes',
    nullable: true,
    description: 'Minutes a code is good for.',
  })
  readonly codeTimeLimit!: SafeBoxNumberRule | null;

  @Field(() => SafeBoxNumberRule, { nullable: true, description: 'Digits of a code.' })
  readonly codeLength!: SafeBoxNumberRule | null;

  @Field(() => SafeBoxNumberRule, {
    nullable: true,
    description: 'By how much a reply near the end prolongs.',
  })
  readonly autoExtendValue!: SafeBoxNumberRule | null;

  @Field(() => SafeBoxTextRule, { nullable: true, description: 'Unit of autoExtendValue.' })
  readonly autoExtendUnit!: SafeBoxTextRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether guests enter with a code.' })
  readonly twoFactorRequired!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether files are encrypted; always.' })
  readonly encryptAttachments!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether messages are encrypted.' })
  readonly encryptMessage!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxNumberRule, { nullable: true, description: 'After how long it closes.' })
  readonly expirationValue!: SafeBoxNumberRule | null;

  @Field(() => SafeBoxTextRule, { nullable: true, description: 'Unit of expirationValue.' })
  readonly expirationUnit!: SafeBoxTextRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether guests may reply.' })
  readonly replyEnabled!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether guests see the replies of others.' })
  readonly groupReplies!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, {
    nullable: true,
    description: 'Whether a key is needed that only the participants have.',
  })
  readonly doubleEncryption!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxTextRule, {
    nullable: true,
    description: 'What happens to the content when it closes.',
  })
  readonly retentionPeriodType!: SafeBoxTextRule | null;

  @Field(() => SafeBoxNumberRule, { nullable: true, description: 'How long content is kept.' })
  readonly retentionPeriodValue!: SafeBoxNumberRule | null;

  @Field(() => SafeBoxTextRule, { nullable: true, description: 'Unit of retentionPeriodValue.' })
  readonly retentionPeriodUnit!: SafeBoxTextRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether the owner may delete the content.' })
  readonly allowManualDelete!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether the owner may close it.' })
  readonly allowManualClose!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether it may be used for secure links.' })
  readonly allowForSecureLinks!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether strangers solve a captcha.' })
  readonly useCaptcha!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether strangers prove their address.' })
  readonly verifyEmail!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxFlagRule, { nullable: true, description: 'Whether the owner gets a copy of the key.' })
  readonly distributeKey!: SafeBoxFlagRule | null;

  @Field(() => SafeBoxIdRule, {
    nullable: true,
    description: 'Text that must be consented to; see `safeBoxConsentGroup`.',
  })
  readonly consentGroupId!: SafeBoxIdRule | null;
}

@ObjectType({
  description: 'The rules one SafeBox lives by (SendSecure SecurityOptions; get_safebox_security_options).',
})
export class SafeBoxSecurityOptions {
  @Field(() => Boolean, { name: 'isReplyEnabled', nullable: true, description: 'Whether guests may reply.' })
  readonly replyEnabled!: boolean | null;

  @Field(() => Boolean, {
    name: 'hasGroupReplies',
    nullable: true,
    description: 'Whether guests see the replies of others.',
  })
  readonly groupReplies!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "The provider's word for it.",
  })
  readonly providerRetentionPeriodType!: string | null;

  @Field(() => SafeBoxRetention, {
    nullable: true,
    description: 'What happens to the content when it closes.',
  })
  readonly retentionPeriodType!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long content is kept after closing, in retentionPeriodUnit.',
  })
  readonly retentionPeriodValue!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The provider's word for it.",
  })
  readonly providerRetentionPeriodUnit!: string | null;

  @Field(() => SafeBoxTimeUnit, {
    nullable: true,
    description: 'Unit of retentionPeriodValue.',
  })
  readonly retentionPeriodUnit!: string | null;

  @Field(() => Boolean, {
    name: 'hasEncryptedMessages',
    nullable: true,
    description: 'Whether messages are encrypted.',
  })
  readonly encryptMessage!: boolean | null;

  @Field(() => Boolean, {
    name: 'hasDoubleEncryption',
    nullable: true,
    description: 'Whether a key is needed that only the participants have.',
  })
  readonly doubleEncryption!: boolean | null;

  @Field(() => Int, { nullable: true, description: 'After how long it was to close, in expirationUnit.' })
  readonly expirationValue!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The provider's word for it.",
  })
  readonly providerExpirationUnit!: string | null;

  @Field(() => SafeBoxTimeUnit, {
    nullable: true,
    description: 'Unit of expirationValue.',
  })
  readonly expirationUnit!: string | null;

  @Field(() => Int, { nullable: true, description: 'Digits of a code.' })
  readonly securityCodeLength!: number | null;

  @Field(() => Int, {
    name: 'codeTimeLimitMinutes',
    nullable: true,
    description: 'Minutes a code is good for.',
  })
  readonly codeTimeLimit!: number | null;

  @Field(() => Int, { nullable: true, description: 'Failed logins after which a guest is locked out.' })
  readonly allowedLoginAttempts!: number | null;

  @Field(() => Boolean, {
    name: 'isRememberMeAllowed',
    nullable: true,
    description: 'Whether a guest may be remembered.',
  })
  readonly allowRememberMe!: boolean | null;

  @Field(() => Boolean, {
    name: 'isSmsAllowed',
    nullable: true,
    description: 'Whether codes go by text message.',
  })
  readonly allowSms!: boolean | null;

  @Field(() => Boolean, {
    name: 'isVoiceAllowed',
    nullable: true,
    description: 'Whether codes go by voice call.',
  })
  readonly allowVoice!: boolean | null;

  @Field(() => Boolean, {
    name: 'isEmailAllowed',
    nullable: true,
    description: 'Whether codes go by e-mail.',
  })
  readonly allowEmail!: boolean | null;

  @Field(() => Boolean, {
    name: 'isTwoFactorRequired',
    nullable: true,
    description: 'Whether guests enter with a code.',
  })
  readonly twoFactorRequired!: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'By how much a reply near the end prolongs, in autoExtendUnit.',
  })
  readonly autoExtendValue!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The provider's word for it.",
  })
  readonly providerAutoExtendUnit!: string | null;

  @Field(() => SafeBoxTimeUnit, {
    nullable: true,
    description: 'Unit of autoExtendValue.',
  })
  readonly autoExtendUnit!: string | null;

  @Field(() => Boolean, {
    name: 'isManualDeleteAllowed',
    nullable: true,
    description: 'Whether the owner may delete the content.',
  })
  readonly allowManualDelete!: boolean | null;

  @Field(() => Boolean, {
    name: 'isManualCloseAllowed',
    nullable: true,
    description: 'Whether the owner may close it.',
  })
  readonly allowManualClose!: boolean | null;

  @Field(() => Boolean, {
    name: 'hasEncryptedAttachments',
    nullable: true,
    description: 'Whether files are encrypted; always.',
  })
  readonly encryptAttachments!: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Text that replies must consent to; see `safeBoxConsentGroup`. Null for none.',
  })
  readonly consentGroupId!: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the content is going to be deleted, as far as planned.',
  })
  readonly deleteContentOn!: string | null;
}
