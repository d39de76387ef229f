import { GraphQLDateTime } from 'graphql-scalars';
import { Field, InterfaceType, Int, registerEnumType } from 'type-graphql';
import type { EndReason } from '../../src/live/ports.js';
import type { HubEvent } from '../../src/live/event-reader.js';

export enum ChangeSource {
  COMMAND = 'COMMAND',
  POLL = 'POLL',
  DEADLINE = 'DEADLINE',
}

registerEnumType(ChangeSource, {
  name: 'ChangeSource',
  description: 'How a change became known.',
  valuesConfig: {
    COMMAND: { description: 'The answer to a command sent through this graph, for instance a mutation.' },
    POLL: { description: 'Read from the provider while watching.' },
    DEADLINE: { description: 'A deadline passed on our own clock; the provider said nothing new.' },
  },
});

export enum WatchEnd {
  FINISHED = 'FINISHED',
  DEADLINE = 'DEADLINE',
  CREDENTIAL_EXPIRED = 'CREDENTIAL_EXPIRED',
  NOT_FOUND = 'NOT_FOUND',
}

registerEnumType(WatchEnd, {
  name: 'WatchEnd',
  description: 'Why nothing follows a terminal event.',
  valuesConfig: {
    FINISHED: { description: 'A final state was reached.' },
    DEADLINE: { description: 'The last moment at which something could have changed has passed.' },
    CREDENTIAL_EXPIRED: {
      description: 'The session at the provider ended; sign in again to go on watching.',
    },
    NOT_FOUND: { description: 'The provider no longer knows the thing.' },
  },
});

@InterfaceType({ description: 'What every event of a subscription carries.' })
export abstract class ChangeEvent {
  @Field(() => String, {
    description: 'Give it as `after` to resume behind this event without gap or repeat.',
  })
  readonly cursor: string;

  @Field(() => Int, { description: 'Counts the changes of this thing: 1, 2, 3...' })
  readonly sequence: number;

  @Field(() => GraphQLDateTime, { description: 'When the change was observed.' })
  readonly observedAt: Date;

  @Field(() => ChangeSource, { description: 'How the change became known.' })
  readonly source: ChangeSource;

  @Field(() => Boolean, { description: 'True on the last event; the subscription completes after it.' })
  readonly isTerminal: boolean;

  @Field(() => WatchEnd, { nullable: true, description: 'Why this is the last event; null before that.' })
  readonly endReason: EndReason | null;

  @Field(() => Boolean, {
    description:
      'True when the `after` cursor was too old: events between it and this one are no longer kept. This event holds the current state all the same. (A reader that is too slow sees `sequence` jump instead.)',
  })
  readonly hasMissedEvents: boolean;

  protected constructor({ event, cursor, truncated }: HubEvent) {
    this.cursor = cursor;
    this.sequence = event.sequence;
    this.observedAt = new Date(event.observedAt);
    this.source = ChangeSource[event.source];
    this.isTerminal = event.terminal;
    this.endReason = event.endReason ?? null;
    this.hasMissedEvents = truncated;
  }
}
