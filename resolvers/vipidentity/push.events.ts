import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { PushChange, PushState } from '../../src/providers/vipidentity/push-watch.js';
import { nameOf, PUSH_STATUSES } from '../../src/providers/vipidentity/statuses.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { mapEvents } from '../../src/subgraph/map-events.js';
import { READ } from './context.js';
import type { VipContext } from './context.js';
import { VipPushState } from './enums.js';
import type { StoredPush } from './push.service.js';
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

@ObjectType({ description: 'A push has changed; the first event of a subscription is its current state.' })
export class VipPushChange extends ChangeEvent {
  constructor(push: StoredPush, hubEvent: HubEvent<PushState, PushChange>) {
    super(hubEvent);
    const { state, changes } = hubEvent.event;
    this.vipPush = new VipPush({ ...push, state });
    this.changes = changes.map((change) => new VipPushStateChange(change));
  }

  @Field(() => [VipPushStateChange], { description: 'What happened. Empty when only time has passed.' })
  readonly changes: readonly VipPushStateChange[];

  @Field(() => VipPush, { description: 'The push as of this event.' })
  readonly vipPush: VipPush;
}

@Resolver()
export class VipPushEvents {
  @RequiresScope(READ)
  @Subscription(() => VipPushChange, {
    description:
      'The life of a push you have sent (pollPushStatus): its current state at once, then the answer; completes when nothing can change any more.',
    async subscribe({ args, context }: { args: ChangedArgs; context: VipContext }) {
      const { push, events } = await context.services.pushes.subscribe(
        args.transactionId,
        context.caller,
        args.after,
      );
      return mapEvents(events, (event) => new VipPushChange(push, event));
    },
  })
  vipPushChanged(
    @Arg('transactionId', () => ID, { description: 'Transaction id of the push.' }) _transactionId: string,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Resume behind this cursor, without gap or repeat.',
    })
    _after: string | undefined,
    @Root() change: VipPushChange,
    @Ctx() _context: VipContext,
  ): VipPushChange {
    return change;
  }
}

interface ChangedArgs {
  readonly transactionId: string;
  readonly after?: string;
}
