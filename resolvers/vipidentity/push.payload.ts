import { Field, ObjectType } from 'type-graphql';
import { VipPayload } from './outcome.type.js';
import type { Performed } from './outcome.type.js';
import { VipPush } from './push.type.js';
import type { KnownPush } from './push.service.js';

@ObjectType({ description: 'Answer to a command about a push.' })
export class VipPushPayload extends VipPayload {
  @Field(() => VipPush, {
    nullable: true,
    description: 'The push as far as it has come; null when there is a problem.',
  })
  readonly vipPush: VipPush | null;

  constructor(performed: Performed<KnownPush>) {
    super(performed);
    this.vipPush = performed.done && new VipPush(performed.done);
  }
}

@ObjectType({ description: 'Answer to sending a push and waiting for its end.' })
export class PushVipUserAndWaitPayload extends VipPushPayload {
  @Field(() => Boolean, {
    description: 'Whether the user has said yes in time: grant access on true alone.',
  })
  readonly isApproved: boolean;

  @Field(() => Boolean, {
    description: 'Whether the wait ended before the push did; follow it with vipPushChanged.',
  })
  readonly hasTimedOut: boolean;

  constructor(performed: Performed<KnownPush>) {
    super(performed);
    this.isApproved = this.vipPush?.isApproved ?? false;
    this.hasTimedOut = this.vipPush !== null && !this.vipPush.isFinished;
  }
}
