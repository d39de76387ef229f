import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import type { MessageType } from '../../src/providers/messaging2fa/message.js';
import { outcomeOf } from '../../src/providers/messaging2fa/outcome.js';
import type { RecipientState } from '../../src/providers/messaging2fa/outcome.js';
import { PageInfo } from '../../src/subgraph/page-info.type.js';
import { personOf } from '../../src/subgraph/person.js';
import {
  TwoFactorApprovalRule,
  TwoFactorMessageState,
  TwoFactorMessageType,
  TwoFactorOutcome,
  toRecipientStatus,
  TwoFactorRecipientStatus,
} from './enums.js';
import type { KnownMessage } from './message.service.js';
import { Person } from './person.type.js';

@ObjectType({ description: 'Where a message stands with one person (PassBy[ME] RecipientStatus).' })
export class TwoFactorRecipient {
  constructor(private readonly state: RecipientState) {}

  @Field(() => String, {
    description: 'PassBy[ME] id of the person, as given when sending; usually an e-mail address.',
  })
  get userId(): string {
    return this.state.userId;
  }

  @Field(() => TwoFactorRecipientStatus, { description: 'Status as last observed.' })
  get status(): string {
    return toRecipientStatus(this.state.status);
  }

  @Field(() => String, { description: "The provider's own word for the status, known to this graph or not." })
  get providerStatus(): string {
    return this.state.status;
  }

  @Field(() => Boolean, { description: 'Whether this status will not change any more.' })
  get isFinal(): boolean {
    return this.state.isFinal;
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the id is an e-mail address.' })
  get person(): Person | null {
    return personOf(this.state.userId);
  }
}

@Identified<TwoFactorMessage>(({ messageId }) => [messageId])
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A message sent to the phones of one or more people (PassBy[ME] SessionInfo). Only its sender sees it.',
})
export class TwoFactorMessage {
  constructor(private readonly message: KnownMessage) {}

  @Field(() => ID, { description: "The provider's message id." })
  get messageId(): string {
    return this.message.id;
  }

  @Field(() => TwoFactorMessageType, { description: 'What the phone asks of the person.' })
  get type(): MessageType {
    return this.message.value.type;
  }

  @Field(() => String, { nullable: true, description: 'Title on the phone, as sent.' })
  get subject(): string | null {
    return this.message.value.subject;
  }

  @Field(() => String, { nullable: true, description: 'Text on the phone, as sent.' })
  get body(): string | null {
    return this.message.value.body;
  }

  @Field(() => Int, { description: 'Seconds during which the phones could fetch it, as asked for.' })
  get availabilitySeconds(): number {
    return this.message.value.availabilitySeconds;
  }

  @Field(() => GraphQLDateTime, { description: 'When it was accepted by the provider.' })
  get sentAt(): Date {
    return new Date(this.message.value.sentAt);
  }

  @Field(() => GraphQLDateTime, { description: 'Until when the phones can fetch it (expirationDate).' })
  get expiresAt(): Date {
    return new Date(this.message.value.expiresAt);
  }

  @Field(() => String, {
    nullable: true,
    description: 'Short code that the phone shows too: let the person compare them. Not a credential.',
  })
  get secureId(): string | null {
    return this.message.value.secureId;
  }

  @Field(() => [TwoFactorRecipient], { description: 'Everybody it was sent to, in the order of sending.' })
  get recipients(): TwoFactorRecipient[] {
    return this.message.state.recipients.map((state) => new TwoFactorRecipient(state));
  }

  @Field(() => TwoFactorMessageState, { description: 'Whether it can still change.' })
  get state(): TwoFactorMessageState {
    return this.message.isEnded ? TwoFactorMessageState.FINISHED : TwoFactorMessageState.OPEN;
  }

  @Field(() => Boolean, { description: 'No recipient can change any more.' })
  get isFinished(): boolean {
    return this.message.isEnded;
  }

  @Field(() => TwoFactorOutcome, { description: 'What it has come to. Grant access on APPROVED alone.' })
  outcome(
    @Arg('rule', () => TwoFactorApprovalRule, {
      defaultValue: TwoFactorApprovalRule.ALL,
      description: 'Whose approval is required.',
    })
    rule: TwoFactorApprovalRule,
  ): TwoFactorOutcome {
    const { value, state, isEnded } = this.message;
    const outcome = state.outcomes[rule];
    // One that ended without a last word, for instance because the provider has forgotten it, can no longer be approved.
    return TwoFactorOutcome[
      outcome === 'PENDING' ? outcomeOf(state.recipients, rule, { type: value.type, isEnded }) : outcome
    ];
  }
}

@ObjectType({ description: 'One entry of a list of messages.' })
export class TwoFactorMessageEdge {
  @Field(() => String, { description: 'Give it as `after` to continue behind this entry.' })
  cursor!: string;

  @Field(() => TwoFactorMessage, { description: 'The message.' })
  node!: TwoFactorMessage;
}

@ObjectType({ description: 'One page of messages, newest first.' })
export class TwoFactorMessageConnection {
  @Field(() => [TwoFactorMessageEdge], { description: 'The entries of this page.' })
  edges!: readonly TwoFactorMessageEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo!: PageInfo;
}
