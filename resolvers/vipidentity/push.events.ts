import { Field, ID, ObjectType } from 'type-graphql';
import type { PushChange } from '../../src/providers/vipidentity/push-watch.js';
import { nameOf, PUSH_STATUSES } from '../../src/providers/vipidentity/statuses.js';
import { changed } from '../../src/subgraph/changed.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { READ } from './context.js';
import type { VipContext } from './context.js';
import { VipPushState } from './enums.js';
import type { PushEvent, StoredPush } from './push.service.js';
import { VipPush } from './push.type.js';

@ObjectType({ description: 'A push got another state.' })
export class VipPushStateChange {
  constructor(private readonly change: PushChange) {}

  @Field(() => VipPushState, { nullable: true, description: 'State before; null on the first event.' })
  get from(): string | null {
    return this.change.from === null ? null : nameOf(PUSH_STATUSES, this.change.from);
  }

  @Field(() => VipPushState, { description: 'State now.' })
  get to(): string {
    return nameOf(PUSH_STATUSES, this.change.to);
  }
}

@ObjectType({
  implements: ChangeEvent,
  description: 'A push has changed; the first event of a subscription is its current state.',
})
export class VipPushChange extends ChangeEvent {
  constructor(id: string, value: StoredPush, hubEvent: PushEvent) {
    super(hubEvent);
    const { state, terminal, changes } = hubEvent.event;
    this.vipPush = new VipPush({ id, value, state, isEnded: terminal });
    this.changes = changes.map((change) => new VipPushStateChange(change));
  }

  @Field(() => [VipPushStateChange], { description: 'What happened.' })
  readonly changes: readonly VipPushStateChange[];

  @Field(() => VipPush, { description: 'The push as of this event.' })
  readonly vipPush: VipPush;
}

export const VipPushEvents = changed({
  name: 'vipPushChanged',
  scope: READ,
  type: () => VipPushChange,
  description:
    'The life of a push you have sent (pollPushStatus): its current state at once, then the answer; completes when nothing can change any more.',
  args: {
    transactionId: { type: () => ID, names: ['VipPush'], description: 'Transaction id of the push.' },
  },
  async follow(
    { transactionId: id, after }: { transactionId: string; after?: string | undefined },
    { caller, services }: VipContext,
  ) {
    const { value, events } = await services.pushes.sent.follow(caller, id, after, 'transactionId');
    return { events, toChange: (event: PushEvent) => new VipPushChange(id, value, event) };
  },
});
