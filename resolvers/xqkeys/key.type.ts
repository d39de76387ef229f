import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { PACKET_TYPES, recipientKind } from '../../src/providers/xqkeys/packet.js';
import type { RecipientKind } from '../../src/providers/xqkeys/packet.js';
import { PageInfo } from '../../src/subgraph/page-info.type.js';
import { personOf } from '../../src/subgraph/person.js';
import { XqKeyStatus, XqPacketType, XqRecipientKind } from './enums.js';
import type { Grant } from './key-book.js';
import type { KnownKey } from './key.service.js';
import { Person } from './person.type.js';

@ObjectType({
  description:
    'Somebody whom a key was shared with through this graph. Our own record: the provider does not list recipients, and what was done elsewhere is not in it.',
})
export class XqRecipient {
  constructor(private readonly grant: Grant) {}

  @Field(() => String, { description: 'Address, in lower case.' })
  get address(): string {
    return this.grant.address;
  }

  @Field(() => XqRecipientKind, { description: 'What the address stands for.' })
  get kind(): RecipientKind {
    return recipientKind(this.grant.address);
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the address is one.' })
  get person(): Person | null {
    return this.kind === 'PERSON' ? personOf(this.grant.address) : null;
  }

  @Field(() => Boolean, { description: 'Whether access was given and not taken back.' })
  get hasAccess(): boolean {
    return this.grant.revokedAt === null;
  }

  @Field(() => GraphQLDateTime, { description: 'When access was given.' })
  get grantedAt(): Date {
    return new Date(this.grant.grantedAt);
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it was taken back; null when it was not.',
  })
  get revokedAt(): Date | null {
    return this.grant.revokedAt === null ? null : new Date(this.grant.revokedAt);
  }
}

@Identified<XqKey>(({ locator }) => [locator])
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A key at the provider, by its locator; never the key itself, see `readXqKey`. What it is for and whom it was shared with is our own record of keys made through this graph, and null for others.',
})
export class XqKey {
  constructor(private readonly key: KnownKey) {}

  @Field(() => ID, {
    description: 'Locator token: names the key. Not a secret by itself, but it leads to one.',
  })
  get locator(): string {
    return this.key.locator;
  }

  @Field(() => XqKeyStatus, {
    description:
      'Where it stands: asked for by the query `xqKey`; elsewhere as last observed, and by our own clock.',
  })
  get status(): string {
    return this.key.status ?? 'UNKNOWN';
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until when it can be fetched; null when that is not known.',
  })
  get expiresAt(): Date | null {
    return this.key.expiresAt === null ? null : new Date(this.key.expiresAt);
  }

  @Field(() => Boolean, { description: 'Whether you have made it through this graph.' })
  get isOwn(): boolean {
    return this.key.record !== null;
  }

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When you made it.' })
  get createdAt(): Date | null {
    return this.key.record && new Date(this.key.record.createdAt);
  }

  @Field(() => XqPacketType, { nullable: true, description: 'What it protects.' })
  get type(): string | null {
    return this.key.record?.type ?? null;
  }

  @Field(() => String, { nullable: true, description: 'What it protects, as sent to the provider.' })
  get providerType(): string | null {
    return this.key.record && String(PACKET_TYPES[this.key.record.type]);
  }

  @Field(() => String, { nullable: true, description: 'Subject line (meta.subject).' })
  get subject(): string | null {
    return this.key.record?.subject ?? null;
  }

  @Field(() => [String], { nullable: true, description: 'Labels (meta.labels).' })
  get labels(): string[] | null {
    return this.key.record?.labels ?? null;
  }

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it vanishes after the first read by somebody else (dor).',
  })
  get isDeletedOnReceipt(): boolean | null {
    return this.key.record?.isOneTime ?? null;
  }

  @Field(() => [XqRecipient], {
    nullable: true,
    description: 'Whom it was shared with through this graph, those included whose access was taken back.',
  })
  get recipients(): XqRecipient[] | null {
    return this.key.record?.grants.map((grant) => new XqRecipient(grant)) ?? null;
  }
}

@ObjectType({ description: 'One entry of a list of keys.' })
export class XqKeyEdge {
  @Field(() => String, { description: 'Give it as `after` to continue behind this entry.' })
  cursor!: string;

  @Field(() => XqKey, { description: 'The key, as last observed.' })
  node!: XqKey;
}

@ObjectType({ description: 'One page of keys, newest first.' })
export class XqKeyConnection {
  @Field(() => [XqKeyEdge], { description: 'The entries of this page.' })
  edges!: readonly XqKeyEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo!: PageInfo;
}
