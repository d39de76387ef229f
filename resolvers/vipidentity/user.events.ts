import { Field, ID, ObjectType } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { UserChange, UserState } from '../../src/providers/vipidentity/user-watch.js';
import { changed } from '../../src/subgraph/changed.js';
import { ChangeEvent } from '../shared/change-event.type.js';
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

type UserEvent = HubEvent<UserState | null, UserChange>;

@ObjectType({
  implements: ChangeEvent,
  description: 'A user has changed; the first event of a subscription is the current state.',
})
export class VipUserChange extends ChangeEvent {
  constructor(ref: UserRef, hubEvent: UserEvent) {
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

export const VipUserEvents = changed({
  name: 'vipUserChanged',
  scope: READ,
  type: () => VipUserChange,
  description:
    'Everything that changes about a user, by whomever: the current state at once, then every difference, looked for every 30 seconds while somebody is subscribed (getUserInfo). Completes when the user is gone, and after a day: subscribe again.',
  args: {
    userId: {
      type: () => ID,
      names: ['VipUser', 'onBehalfOfAccountId'],
      description: 'Id of the user; case does not matter.',
    },
    onBehalfOfAccountId: { type: () => ID, nullable: true, description: ON_BEHALF_OF },
  },
  async follow(
    args: { userId: string; onBehalfOfAccountId?: string | undefined; after?: string | undefined },
    { caller, services }: VipContext,
  ) {
    const ref = userRef(args.userId, args.onBehalfOfAccountId);
    const events = await services.users.subscribe(ref, caller, args.after);
    return { events, toChange: (event: UserEvent) => new VipUserChange(ref, event) };
  },
});
