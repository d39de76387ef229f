import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { KeyChange, KeysState } from '../../src/providers/guardcrypto/keys-watch.js';
import { changed } from '../../src/subgraph/changed.js';
import { globalId } from '../../src/subgraph/global-id.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import type { GuardContext } from './context.js';
import { GuardKeyChangeKind } from './enums.js';
import { READ } from './scopes.js';
import { dateOf } from './token.type.js';

@ObjectType({ description: 'One thing about a key that is different now.' })
export class GuardKeyDifference implements KeyChange {
  @Field(() => GuardKeyChangeKind, { description: 'What has changed.' })
  readonly kind!: KeyChange['kind'];

  @Field(() => ID, { description: 'Id of the ring (`GuardKeyRing.id`).' })
  readonly ringId!: string;

  @Field(() => ID, { description: 'Key id of the key it is about, which may be a subkey.' })
  readonly keyId!: string;

  @Field(() => String, { nullable: true, description: 'What it was, in the words of the kind.' })
  readonly from!: string | null;

  @Field(() => String, { nullable: true, description: 'What it is, in the words of the kind.' })
  readonly to!: string | null;
}

@Identified<GuardKeyRingStatus>(({ keyId }) => [keyId])
@ObjectType({ description: 'How it stands with one of your key rings.' })
export class GuardKeyRingStatus {
  @Field(() => ID, { description: 'Key id of the ring, which is that of its master key.' })
  readonly keyId!: string;

  @Field(() => String, { description: 'Fingerprint of its master key, lower case.' })
  readonly fingerprint!: string;

  @Field(() => Boolean, { description: 'Whether it is the one for new mails.' })
  readonly isCurrent!: boolean;

  @Field(() => [String], { description: 'Its user ids.' })
  readonly userIds!: readonly string[];

  @Field(() => Boolean, { description: 'Whether its master key has ended.' })
  readonly isExpired!: boolean;

  @Field(() => Boolean, { description: 'Whether its master key was revoked.' })
  readonly isRevoked!: boolean;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When its master key ends; null: never.' })
  readonly expiresAt!: Date | null;
}

@ObjectType({
  implements: ChangeEvent,
  description: 'Your key rings have changed; the first event is how they stand.',
})
export class GuardKeysChange extends ChangeEvent {
  constructor(hubEvent: HubEvent<KeysState, KeyChange>) {
    super(hubEvent);
    this.changes = hubEvent.event.changes.map((change) => ({
      ...change,
      ringId: globalId('GuardKeyRing', change.ringId),
    }));
    this.keyRings = Object.entries(hubEvent.event.state.rings).map(([keyId, ring]) => {
      const { fingerprint, isCurrent, userIds, keys } = ring;
      const master = keys.find((key) => key.id === keyId);
      return {
        ...{ keyId, fingerprint, isCurrent, userIds },
        isExpired: master?.isExpired ?? false,
        isRevoked: master?.isRevoked ?? false,
        expiresAt: dateOf(master?.expiresAt ?? null),
      };
    });
  }

  @Field(() => [GuardKeyDifference], { description: 'What is different from the event before.' })
  readonly changes: readonly GuardKeyDifference[];

  @Field(() => [GuardKeyRingStatus], { description: 'All your rings as of this event.' })
  readonly keyRings: readonly GuardKeyRingStatus[];
}

export const GuardKeysEvents = changed({
  name: 'guardKeysChanged',
  scope: READ,
  type: () => GuardKeysChange,
  description:
    'Your key rings: added, removed, expired, revoked, current. Completes when the session ends. While it runs, the provider is asked every 2 minutes, which keeps the session alive.',
  async follow({ after }: { after?: string | undefined }, context: GuardContext) {
    const events = await context.services.live.followKeys(context, after);
    return { events, toChange: (event: HubEvent<KeysState, KeyChange>) => new GuardKeysChange(event) };
  },
});
