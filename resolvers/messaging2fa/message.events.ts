import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { MessageState, RecipientChange } from '../../src/providers/messaging2fa/message-watch.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { mapEvents } from '../../src/subgraph/map-events.js';
import { personOf } from '../shared/person.js';
import type { Messaging2faContext } from './context.js';
import { toRecipientStatus, TwoFactorRecipientStatus } from './enums.js';
import type { SentMessage } from './message.service.js';
import { TwoFactorMessage } from './message.type.js';
import { Person } from './person.type.js';

@ObjectType({ description: 'One recipient got another status.' })
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

@ObjectType({ description: 'A message has changed; the first event of a subscription is its current state.' })
export class TwoFactorMessageChange extends ChangeEvent {
  constructor(id: string, sent: SentMessage, hubEvent: HubEvent<MessageState, RecipientChange>) {
    super(hubEvent);
    const { state, terminal, changes } = hubEvent.event;
    this.twoFactorMessage = new TwoFactorMessage({
      ...sent,
      id,
      recipients: state.recipients,
      isFinished: terminal,
    });
    this.changes = changes.map((change) => new TwoFactorRecipientChange(change));
  }

  @Field(() => [TwoFactorRecipientChange], {
    description: 'Who got another status. Empty when only time has passed.',
  })
  readonly changes: readonly TwoFactorRecipientChange[];

  @Field(() => TwoFactorMessage, { description: 'The message as of this event.' })
  readonly twoFactorMessage: TwoFactorMessage;
}

@Resolver()
export class TwoFactorMessageEvents {
  @RequiresScope('messaging2fa:read')
  @Subscription(() => TwoFactorMessageChange, {
    description:
      'The life of a message: its current state at once, then every observed change; completes when no recipient can change any more.',
    async subscribe({ args, context }: { args: ChangedArgs; context: Messaging2faContext }) {
      const { sent, events } = await context.services.messages.subscribe(args.id, context.caller, args.after);
      return mapEvents(events, (event) => new TwoFactorMessageChange(args.id, sent, event));
    },
  })
  twoFactorMessageChanged(
    @Arg('id', () => ID, { description: 'Id of the message.' }) _id: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Resume behind this cursor, without gap or repeat.',
    })
    _after: string | undefined,
    @Root() change: TwoFactorMessageChange,
    @Ctx() _context: Messaging2faContext,
  ): TwoFactorMessageChange {
    return change;
  }
}

interface ChangedArgs {
  readonly id: string;
  readonly after?: string;
}
