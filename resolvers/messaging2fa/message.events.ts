import { Field, ID, ObjectType } from 'type-graphql';
import type { RecipientChange } from '../../src/providers/messaging2fa/message-watch.js';
import { changed } from '../../src/subgraph/changed.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { personOf } from '../../src/subgraph/person.js';
import { READ } from './context.js';
import type { Messaging2faServices } from './context.js';
import { toRecipientStatus, TwoFactorRecipientStatus } from './enums.js';
import type { MessageEvent, SentMessage } from './message.service.js';
import { TwoFactorMessage } from './message.type.js';
import { Person } from './person.type.js';

@ObjectType({ description: 'One recipient got another status, or has it for good now.' })
export class TwoFactorRecipientChange {
  constructor(private readonly change: RecipientChange) {}

  @Field(() => String, { description: 'PassBy[ME] id of the person.' })
  get userId(): string {
    return this.change.userId;
  }

  @Field(() => TwoFactorRecipientStatus, {
    nullable: true,
    description: 'Status before; null on the first event.',
  })
  get from(): string | null {
    return this.change.from === null ? null : toRecipientStatus(this.change.from);
  }

  @Field(() => TwoFactorRecipientStatus, { description: 'Status now.' })
  get to(): string {
    return toRecipientStatus(this.change.to);
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the id is an e-mail address.' })
  get person(): Person | null {
    return personOf(this.change.userId);
  }
}

@ObjectType({
  implements: ChangeEvent,
  description: 'A message has changed; the first event of a subscription is its current state.',
})
export class TwoFactorMessageChange extends ChangeEvent {
  constructor(id: string, value: SentMessage, hubEvent: MessageEvent) {
    super(hubEvent);
    const { state, terminal, changes } = hubEvent.event;
    this.twoFactorMessage = new TwoFactorMessage({ id, value, state, isEnded: terminal });
    this.changes = changes.map((change) => new TwoFactorRecipientChange(change));
  }

  @Field(() => [TwoFactorRecipientChange], {
    description:
      'Who got another status, or has it for good. Empty when the last event says that time is over.',
  })
  readonly changes: readonly TwoFactorRecipientChange[];

  @Field(() => TwoFactorMessage, { description: 'The message as of this event.' })
  readonly twoFactorMessage: TwoFactorMessage;
}

export const TwoFactorMessageEvents = changed({
  name: 'twoFactorMessageChanged',
  scope: READ,
  type: () => TwoFactorMessageChange,
  description:
    'The life of a message: its current state at once, then every observed change; completes when no recipient can change any more.',
  args: { id: { type: () => ID, names: ['TwoFactorMessage'], description: 'The message.' } },
  async follow(
    { id, after }: { id: string; after?: string | undefined },
    { caller, services }: SubgraphContext<Messaging2faServices>,
  ) {
    const { value, events } = await services.messages.sent.follow(caller, id, after);
    return { events, toChange: (event: MessageEvent) => new TwoFactorMessageChange(id, value, event) };
  },
});
