import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { UserChange, UserState } from '../../src/providers/vipidentity/user-watch.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { mapEvents } from '../../src/subgraph/map-events.js';
import { ON_BEHALF_OF } from './command.input.js';
import { READ } from './context.js';
import type { VipContext } from './context.js';
import { userRef } from './user-ref.js';
import type { UserRef } from './user-ref.js';
import { VipUser } from './user.type.js';

@ObjectType({ description: 'Something about a user is different.' })
export class VipUserFieldChange {
  @Field(() => String, {
    description:
      'Name of the field; for a credential its type and id come first: STANDARD_OTP VSMT12345678 status.',
  })
  readonly what!: string;

  @Field(() => String, { nullable: true, description: 'Value before; null when there was none.' })
  readonly from!: string | null;

  @Field(() => String, { nullable: true, description: 'Value now; null when there is none any more.' })
  readonly to!: string | null;
}

@ObjectType({ description: 'A user has changed; the first event of a subscription is the current state.' })
export class VipUserChange extends ChangeEvent {
  constructor(ref: UserRef, hubEvent: HubEvent<UserState | null, UserChange>) {
    super(hubEvent);
    const { state, changes } = hubEvent.event;
    this.vipUser = state && new VipUser(ref, state);
    this.changes = changes;
  }

  @Field(() => [VipUserFieldChange], { description: 'What is different. Empty on the first event.' })
  readonly changes: readonly VipUserFieldChange[];

  @Field(() => VipUser, {
    nullable: true,
    description: 'The user as of this event; null when there has never been one of this id.',
  })
  readonly vipUser: VipUser | null;
}

@Resolver()
export class VipUserEvents {
  @RequiresScope(READ)
  @Subscription(() => VipUserChange, {
    description:
      'Everything that changes about a user, by whomever: the current state at once, then every difference, looked for every 30 seconds while somebody is subscribed (getUserInfo). Completes when the user is gone, and after a day: subscribe again.',
    async subscribe({ args, context }: { args: ChangedArgs; context: VipContext }) {
      const ref = userRef(args.userId, args.onBehalfOfAccountId);
      const events = await context.services.users.subscribe(ref, context.caller, args.after);
      return mapEvents(events, (event) => new VipUserChange(ref, event));
    },
  })
  vipUserChanged(
    @Arg('userId', () => ID, { description: 'Id of the user; case does not matter.' }) _userId: string,
    @Arg('onBehalfOfAccountId', () => ID, { nullable: true, description: ON_BEHALF_OF })
    _onBehalfOfAccountId: string | undefined,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Resume behind this cursor, without gap or repeat.',
    })
    _after: string | undefined,
    @Root() change: VipUserChange,
    @Ctx() _context: VipContext,
  ): VipUserChange {
    return change;
  }
}

interface ChangedArgs {
  readonly userId: string;
  readonly onBehalfOfAccountId?: string;
  readonly after?: string;
}
