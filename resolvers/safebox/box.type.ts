import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { CallsProvider } from '../../src/subgraph/cost.js';
import type { BoxSummary } from '../../src/providers/safebox/wire/box.js';
import { PageInfo } from '../../src/subgraph/page-info.type.js';
import type { BoxSections } from './box-sections.js';
import { SafeBoxDownloadActivity } from './download.type.js';
import { SafeBoxStatus, toStatus } from './enums.js';
import { SafeBoxEvent } from './event.type.js';
import { toDownloadActivity, toParticipant, toSecurityOptions } from './identified.js';
import { SafeBoxMessage } from './message.type.js';
import { SafeBoxParticipant } from './participant.type.js';
import { SafeBoxSecurityOptions } from './security.type.js';

@Identified<SafeBox>(({ id }) => [id])
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A temporary encrypted mailbox (SendSecure Safebox). Its parts that are lists or objects come in one further call together; asked for on entries of a list, each entry costs that call.',
})
export class SafeBox {
  constructor(
    private readonly summary: BoxSummary,
    readonly sections: BoxSections,
  ) {}

  @Field(() => ID, { name: 'guid', description: 'Its own id at the provider.' })
  get id(): string {
    return this.summary.id;
  }

  @Field(() => String, { description: "The provider's own word for the status, known to this graph or not." })
  get providerStatus(): string {
    return this.summary.status;
  }

  @Field(() => String, { nullable: true, description: 'Subject, as in the invitations.' })
  get subject(): string | null {
    return this.summary.subject;
  }

  @Field(() => ID, { nullable: true, description: 'User who owns it (user_id).' })
  get ownerId(): string | null {
    return this.summary.userId;
  }

  @Field(() => ID, { nullable: true, description: 'Account it belongs to.' })
  get enterpriseId(): string | null {
    return this.summary.enterpriseId;
  }

  @Field(() => String, { nullable: true, description: 'Language of its e-mails.' })
  get notificationLanguage(): string | null {
    return this.summary.notificationLanguage;
  }

  @Field(() => String, { nullable: true, description: 'Name of the profile it was made with.' })
  get securityProfileName(): string | null {
    return this.summary.securityProfileName;
  }

  @Field(() => Int, { nullable: true, description: 'Messages not marked as read.' })
  get unreadCount(): number | null {
    return this.summary.unreadCount;
  }

  @Field(() => String, {
    nullable: true,
    description: '`disabled`, or whether the key was supplied or is required, as the provider words it.',
  })
  get doubleEncryptionStatus(): string | null {
    return this.summary.doubleEncryptionStatus;
  }

  @Field(() => Boolean, { description: 'Whether its audit record can be downloaded (audit_record_pdf).' })
  get hasAuditRecord(): boolean {
    return this.summary.hasAuditRecord;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Personal secure link it was made by; null when by its owner.',
  })
  get secureLink(): string | null {
    return this.summary.secureLink;
  }

  @Field(() => String, { nullable: true, description: 'Title of that link.' })
  get secureLinkTitle(): string | null {
    return this.summary.secureLinkTitle;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether e-mails about it are sent.' })
  get isEmailNotificationEnabled(): boolean | null {
    return this.summary.emailNotificationEnabled;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was opened.' })
  get createdAt(): string | null {
    return this.summary.createdAt;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When anything of it was last changed.' })
  get updatedAt(): string | null {
    return this.summary.updatedAt;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was given to its owner.' })
  get assignedAt(): string | null {
    return this.summary.assignedAt;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When somebody last did something; lists are ordered by it.',
  })
  get latestActivity(): string | null {
    return this.summary.latestActivity;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it closes by itself (expiration).' })
  get expiresAt(): string | null {
    return this.summary.expiration;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was closed.' })
  get closedAt(): string | null {
    return this.summary.closedAt;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When its content was deleted.' })
  get contentDeletedAt(): string | null {
    return this.summary.contentDeletedAt;
  }

  @Field(() => SafeBoxStatus, { description: 'Where it stands in its life.' })
  get status(): string {
    return toStatus(this.summary.status);
  }

  @CallsProvider()
  @Field(() => SafeBoxSecurityOptions, {
    nullable: true,
    description: 'The rules it lives by (get_safebox_security_options).',
  })
  async securityOptions(): Promise<SafeBoxSecurityOptions> {
    return toSecurityOptions(await this.sections.load('securityOptions'));
  }

  @CallsProvider()
  @Field(() => [SafeBoxParticipant], {
    nullable: true,
    description: 'Owner and guests (get_safebox_participants).',
  })
  async participants(): Promise<readonly SafeBoxParticipant[]> {
    const participants = await this.sections.load('participants');
    return participants.map((participant) => toParticipant(this.id, participant));
  }

  @CallsProvider()
  @Field(() => [SafeBoxMessage], {
    nullable: true,
    description: 'Everything written, oldest first (get_safebox_messages).',
  })
  async messages(): Promise<readonly SafeBoxMessage[]> {
    const messages = await this.sections.load('messages');
    return messages.map((message) => ({
      ...message,
      boxId: this.id,
      documents: (message.documents ?? []).map((document) => ({ ...document, boxId: this.id })),
    }));
  }

  @CallsProvider()
  @Field(() => SafeBoxDownloadActivity, {
    nullable: true,
    description: 'Who has downloaded what (get_safebox_download_activity).',
  })
  async downloadActivity(): Promise<SafeBoxDownloadActivity> {
    return toDownloadActivity(this.id, await this.sections.load('downloadActivity'));
  }

  @CallsProvider()
  @Field(() => [SafeBoxEvent], {
    nullable: true,
    description: 'Its history, oldest first (get_safebox_event_history).',
  })
  eventHistory(): Promise<readonly SafeBoxEvent[]> {
    return this.sections.load('eventHistory');
  }
}

@ObjectType({ description: 'One entry of a list of SafeBoxes.' })
export class SafeBoxEdge {
  @Field(() => String, { description: 'Give it as `after` to continue behind this entry.' })
  cursor!: string;

  @Field(() => SafeBox, { description: 'The SafeBox.' })
  node!: SafeBox;
}

@ObjectType({ description: 'One page of SafeBoxes, latest activity first.' })
export class SafeBoxConnection {
  @Field(() => [SafeBoxEdge], { description: 'The entries of this page.' })
  edges!: readonly SafeBoxEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many there are on all pages (count).' })
  totalCount!: number;
}
