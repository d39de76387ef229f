import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Communication, EventLogItem, EventType } from '../../src/providers/xqkeys/wire/dashboard.js';
import { PageInfo } from '../../src/subgraph/page-info.type.js';
import { personOf } from '../../src/subgraph/person.js';
import { toDate } from './account.type.js';
import { toCommunicationStatus, toPacketType, XqCommunicationStatus, XqPacketType } from './enums.js';
import { Person } from './person.type.js';

@ObjectType({
  description:
    'What the dashboard lists of a key; only its locator and status are sure to be known, the rest where the provider tells it.',
})
export class XqCommunication {
  constructor(private readonly communication: Communication) {}

  @Field(() => ID, { description: 'Locator of the key (token).' })
  get locator(): string {
    return this.communication.token;
  }

  @Field(() => XqCommunicationStatus, { description: 'Where the key stands.' })
  get status(): string {
    return toCommunicationStatus(this.communication.status);
  }

  @Field(() => Int, { description: "The provider's number for that." })
  get providerStatus(): number {
    return this.communication.status;
  }

  @Field(() => String, { nullable: true, description: 'Address of who made the key.' })
  get sender(): string | null {
    return this.communication.user ?? null;
  }

  @Field(() => Person, {
    nullable: true,
    description: 'Who made the key, when the address is that of a person.',
  })
  get senderPerson(): Person | null {
    return personOf(this.communication.user ?? '');
  }

  @Field(() => [String], { nullable: true, description: 'Addresses of those who may read it.' })
  get recipients(): readonly string[] | null {
    return this.communication.recipients ?? null;
  }

  @Field(() => XqPacketType, { nullable: true, description: 'What the key protects.' })
  get type(): string | null {
    const { type } = this.communication;
    return type === null || type === undefined ? null : toPacketType(type);
  }

  @Field(() => String, { nullable: true, description: 'What the key protects, as the provider says it.' })
  get providerType(): string | null {
    const { type } = this.communication;
    return type === null || type === undefined ? null : String(type);
  }

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'What its creator said about it (meta), as it is.',
  })
  get meta(): unknown {
    return this.communication.meta ?? null;
  }

  @Field(() => [String], { nullable: true, description: 'Labels.' })
  get labels(): readonly string[] | null {
    return this.communication.labels ?? null;
  }

  @Field(() => Int, { nullable: true, description: '1 good, 2 warning, 3 threat.' })
  get threat(): number | null {
    return this.communication.threat ?? null;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made.' })
  get createdAt(): Date | null {
    return toDate(this.communication.created);
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When something of it changed last.' })
  get updatedAt(): Date | null {
    return toDate(this.communication.updated);
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the key expires.' })
  get expiresAt(): Date | null {
    return toDate(this.communication.expires);
  }
}

@ObjectType({ description: 'One entry of a list of keys that the dashboard lists.' })
export class XqCommunicationEdge {
  @Field(() => String, { description: 'Give it as `after` to continue behind this entry.' })
  cursor!: string;

  @Field(() => XqCommunication, { description: 'The entry.' })
  node!: XqCommunication;
}

@ObjectType({ description: 'One page of keys that the dashboard lists.' })
export class XqCommunicationConnection {
  @Field(() => [XqCommunicationEdge], { description: 'The entries of this page.' })
  edges!: readonly XqCommunicationEdge[];

  @Field(() => PageInfo, {
    description:
      'Where this page stands. The provider does not say how many there are: behind a full page there may be nothing.',
  })
  pageInfo!: PageInfo;
}

@ObjectType({
  description:
    "A line of the provider's audit trail. Its shape is unpublished: see `raw` for what is not here.",
})
export class XqEvent {
  constructor(private readonly event: EventLogItem) {}

  @Field(() => String, { description: 'What happened, for example val://fetchkey: somebody fetched a key.' })
  get action(): string {
    return this.event.action;
  }

  @Field(() => ID, { nullable: true, description: 'Id of the line.' })
  get eventId(): string | null {
    const { id } = this.event;
    return id === null || id === undefined ? null : String(id);
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it happened.' })
  get at(): Date | null {
    return toDate(this.event.timestamp);
  }

  @Field(() => String, { nullable: true, description: 'Who did it.' })
  get user(): string | null {
    return this.event.user ?? null;
  }

  @Field(() => Person, { nullable: true, description: 'Who did it, when that is an e-mail address.' })
  get person(): Person | null {
    return personOf(this.event.user ?? '');
  }

  @Field(() => ID, { nullable: true, description: 'Locator of the key it is about.' })
  get locator(): string | null {
    return this.event.token ?? null;
  }

  @Field(() => GraphQLJSON, { nullable: true, description: 'The line as the provider tells it.' })
  get raw(): unknown {
    return this.event;
  }
}

@ObjectType({ description: 'One entry of a list of lines of the audit trail.' })
export class XqEventEdge {
  @Field(() => String, { description: 'Give it as `after` to continue behind this entry.' })
  cursor!: string;

  @Field(() => XqEvent, { description: 'The entry.' })
  node!: XqEvent;
}

@ObjectType({ description: 'One page of lines of the audit trail.' })
export class XqEventConnection {
  @Field(() => [XqEventEdge], { description: 'The entries of this page.' })
  edges!: readonly XqEventEdge[];

  @Field(() => PageInfo, {
    description:
      'Where this page stands. The provider does not say how many there are: behind a full page there may be nothing.',
  })
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'A kind of event that the audit trail can hold.' })
export class XqEventType {
  constructor(private readonly type: EventType) {}

  @Field(() => String, { description: 'Name of the action, as in the log.' })
  get action(): string {
    return this.type.action;
  }

  @Field(() => String, { nullable: true, description: 'What the dashboard calls it.' })
  get title(): string | null {
    return this.type.title ?? null;
  }
}
