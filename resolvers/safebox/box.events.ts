import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { BoxState } from '../../src/providers/safebox/box-state.js';
import type { BoxChange } from '../../src/providers/safebox/changes.js';
import type { InboxState } from '../../src/providers/safebox/inbox-watch.js';
import { changed } from '../../src/subgraph/changed.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { SafeBox } from './box.type.js';
import { READ } from './context.js';
import type { SafeboxContext } from './context.js';
import { SafeBoxChangeKind, toStatus } from './enums.js';

@ObjectType({ description: 'One thing about a SafeBox that is different now.' })
export class SafeBoxDifference {
  constructor(private readonly change: BoxChange) {}

  @Field(() => SafeBoxChangeKind, { description: 'What has changed.' })
  get kind(): string {
    return this.change.kind;
  }

  @Field(() => ID, { description: 'Id of the SafeBox.' })
  get safeBoxId(): string {
    return this.change.boxId;
  }

  @Field(() => String, { nullable: true, description: 'What it was, in the words of the kind.' })
  get from(): string | null {
    return this.change.from;
  }

  @Field(() => String, { nullable: true, description: 'What it is, in the words of the kind.' })
  get to(): string | null {
    return this.change.to;
  }

  @Field(() => ID, { nullable: true, description: 'The participant it is about; null when about none.' })
  get participantId(): string | null {
    return this.change.participantId ?? null;
  }

  @Field(() => ID, { nullable: true, description: 'The message it is about; null when about none.' })
  get messageId(): string | null {
    return this.change.messageId ?? null;
  }

  @Field(() => ID, { nullable: true, description: 'The document it is about; null when about none.' })
  get documentId(): string | null {
    return this.change.documentId ?? null;
  }
}

@ObjectType({
  implements: ChangeEvent,
  description: 'A SafeBox has changed; the first event of a subscription is its current state.',
})
export class SafeBoxChange extends ChangeEvent {
  constructor(safeBox: SafeBox, hubEvent: HubEvent<BoxState, BoxChange>) {
    super(hubEvent);
    this.safeBox = safeBox;
    this.changes = hubEvent.event.changes.map((change) => new SafeBoxDifference(change));
  }

  @Field(() => [SafeBoxDifference], { description: 'What is different from the event before.' })
  readonly changes: readonly SafeBoxDifference[];

  @Field(() => SafeBox, {
    description: 'The SafeBox as of this event; its lists and objects are read when they are asked for.',
  })
  readonly safeBox: SafeBox;
}

@ObjectType({
  implements: ChangeEvent,
  description:
    'The list of SafeBoxes has changed: those of the latest activity, at most 1000, whose content is not deleted.',
})
export class SafeBoxInboxChange extends ChangeEvent {
  constructor(hubEvent: HubEvent<InboxState, BoxChange>) {
    super(hubEvent);
    const boxes = Object.values(hubEvent.event.state.boxes);
    this.changes = hubEvent.event.changes.map((change) => new SafeBoxDifference(change));
    this.openCount = boxes.filter(({ status }) => toStatus(status) === 'IN_PROGRESS').length;
    this.unreadCount = boxes.reduce((sum, { unreadCount }) => sum + (unreadCount ?? 0), 0);
  }

  @Field(() => [SafeBoxDifference], { description: 'What is different from the event before.' })
  readonly changes: readonly SafeBoxDifference[];

  @Field(() => Int, { description: 'How many of them are open.' })
  readonly openCount: number;

  @Field(() => Int, { description: 'How many unread messages they hold together.' })
  readonly unreadCount: number;
}

export const safeBoxEvents = [
  changed({
    name: 'safeBoxChanged',
    calls: 2,
    scope: READ,
    type: () => SafeBoxChange,
    description:
      'The life of a SafeBox: its current state at once, then every observed change; completes when its content is deleted or the session ends.',
    args: { id: { type: () => ID, names: ['SafeBox'], description: 'The SafeBox.' } },
    async follow({ id, after }: { id: string; after?: string | undefined }, context: SafeboxContext) {
      const { boxes, watches } = context.services;
      const { access, events } = await watches.follow(context, id, after);
      return {
        events,
        toChange: (event: HubEvent<BoxState, BoxChange>) =>
          new SafeBoxChange(boxes.observed(access, event.event.state), event),
      };
    },
  }),
  changed({
    name: 'safeBoxInboxChanged',
    scope: READ,
    type: () => SafeBoxInboxChange,
    description:
      'Everything that happens in your SafeBoxes: the counts at once, then every observed change; completes when the session ends.',
    async follow({ after }: { after?: string | undefined }, context: SafeboxContext) {
      return {
        events: await context.services.watches.followInbox(context, after),
        toChange: (event: HubEvent<InboxState, BoxChange>) => new SafeBoxInboxChange(event),
      };
    },
  }),
] as const;
