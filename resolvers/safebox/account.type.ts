import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';

@ObjectType({ description: 'Which files the account takes (SendSecure ExtensionFilter).' })
export class SafeBoxExtensionFilter {
  @Field(() => String, { description: '`allow`: only those of the list; `forbid`: all but those.' })
  readonly mode!: string;

  @Field(() => [String], { description: 'File name extensions without a dot.' })
  readonly list!: readonly string[];
}

@ObjectType({
  description: 'Settings of the enterprise account (SendSecure EnterpriseSettings; get_enterprise_settings).',
})
export class SafeBoxEnterpriseSettings {
  @Field(() => ID, {
    nullable: true,
    description: 'Security profile of SafeBoxes that name none; null when none is set.',
  })
  readonly defaultSecurityProfileId!: string | null;

  @Field(() => String, { nullable: true, description: 'Language of audit records.' })
  readonly pdfLanguage!: string | null;

  @Field(() => Boolean, {
    name: 'hasPdfaAuditRecords',
    nullable: true,
    description: 'Whether audit records are PDF/A.',
  })
  readonly usePdfaAuditRecords!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Country code by which national telephone numbers are read.',
  })
  readonly internationalDialingPlan!: string | null;

  @Field(() => SafeBoxExtensionFilter, { nullable: true, description: 'Which files the account takes.' })
  readonly extensionFilter!: SafeBoxExtensionFilter | null;

  @Field(() => Boolean, {
    name: 'isVirusScanEnabled',
    nullable: true,
    description: 'Whether uploads are searched for viruses.',
  })
  readonly virusScanEnabled!: boolean | null;

  @Field(() => Float, { nullable: true, description: 'Largest file, in maxFileSizeUnit; null for no limit.' })
  readonly maxFileSizeValue!: number | null;

  @Field(() => String, { nullable: true, description: 'Unit of maxFileSizeValue, as the provider words it.' })
  readonly maxFileSizeUnit!: string | null;

  @Field(() => Boolean, {
    name: 'hasUsersInAutocomplete',
    nullable: true,
    description: 'Whether suggestions hold users of the account.',
  })
  readonly includeUsersInAutocomplete!: boolean | null;

  @Field(() => Boolean, {
    name: 'hasFavoritesInAutocomplete',
    nullable: true,
    description: 'Whether suggestions hold favorites.',
  })
  readonly includeFavoritesInAutocomplete!: boolean | null;

  @Field(() => Boolean, {
    name: 'isUsersPublicUrlAllowed',
    nullable: true,
    description: 'Whether users may have a personal secure link.',
  })
  readonly usersPublicUrl!: boolean | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;
}

@ObjectType({ description: 'Link by which strangers send a user files (SendSecure PersonalSecureLink).' })
export class SafeBoxPersonalLink {
  @Field(() => Boolean, { name: 'isEnabled', nullable: true, description: 'Whether it can be used.' })
  readonly enabled!: boolean | null;

  @Field(() => String, { nullable: true, description: 'The link, made to be given away.' })
  readonly url!: string | null;

  @Field(() => ID, { nullable: true, description: 'Security profile of SafeBoxes made by it.' })
  readonly securityProfileId!: string | null;
}

@ObjectType({ description: 'Settings of one user (SendSecure UserSettings; user_settings).' })
export class SafeBoxUserSettings {
  @Field(() => Boolean, {
    name: 'isNoteMasked',
    nullable: true,
    description: 'Whether message texts are hidden at first.',
  })
  readonly maskNote!: boolean | null;

  @Field(() => Boolean, {
    name: 'isFirstTransactionOpened',
    nullable: true,
    description: 'Whether the first SafeBox is opened at once.',
  })
  readonly openFirstTransaction!: boolean | null;

  @Field(() => Boolean, {
    name: 'isMarkAsReadEnabled',
    nullable: true,
    description: 'Whether messages become read by being shown.',
  })
  readonly markAsRead!: boolean | null;

  @Field(() => Int, {
    name: 'markAsReadDelaySeconds',
    nullable: true,
    description: 'Seconds a message is shown until it counts as read.',
  })
  readonly markAsReadDelay!: number | null;

  @Field(() => Boolean, {
    name: 'isKeyRemembered',
    nullable: true,
    description: 'Whether keys are remembered.',
  })
  readonly rememberKey!: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the list shows at first, as the provider words it.',
  })
  readonly defaultFilter!: string | null;

  @Field(() => String, { nullable: true, description: 'Language in which recipients are written to.' })
  readonly recipientLanguage!: string | null;

  @Field(() => SafeBoxPersonalLink, { nullable: true, description: 'Personal secure link.' })
  readonly secureLink!: SafeBoxPersonalLink | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;
}

@ObjectType({ description: 'One text people consent to (SendSecure ConsentMessage).' })
export class SafeBoxConsentMessage {
  @Field(() => String, { description: 'Language code.' })
  readonly locale!: string;

  @Field(() => String, { description: 'The text.' })
  readonly value!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;
}

@Identified<SafeBoxConsentGroup>(({ id }) => [id])
@ObjectType({
  description:
    'A text people consent to, in several languages (SendSecure ConsentMessageGroup; get_consent_group_messages).',
})
export class SafeBoxConsentGroup {
  @Field(() => ID, { name: 'consentGroupId', description: 'Its number at the provider.' })
  readonly id!: string;

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string;

  @Field(() => [SafeBoxConsentMessage], { description: 'The text, once per language.' })
  readonly consentMessages!: readonly SafeBoxConsentMessage[];

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (created_at).' })
  readonly createdAt!: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last changed (updated_at).' })
  readonly updatedAt!: string | null;
}
