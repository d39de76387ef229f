import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import type {
  TokenChange,
  TokenLifetime,
  TokenState,
} from '../../src/providers/guardcrypto/session-watch.js';
import { changed } from '../../src/subgraph/changed.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import type { GuardContext } from './context.js';
import { GuardCryptoType, GuardTokenChange, GuardTokenLifetime } from './enums.js';
import { READ } from './scopes.js';
import { dateOf } from './token.type.js';

@ObjectType({ description: 'How it stands with the token of your session. Never the token itself.' })
export class GuardTokenStatus {
  @Field(() => GuardCryptoType, { description: 'Which kind of key it opens.' })
  readonly type!: CryptoType;

  @Field(() => Boolean, { description: 'Whether one is attached.' })
  readonly isAttached!: boolean;

  @Field(() => GuardTokenLifetime, { nullable: true, description: 'How long it lasts; null without one.' })
  readonly lifetime!: TokenLifetime | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made.' })
  readonly createdAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ends, for a TIMED one.' })
  readonly expiresAt!: Date | null;

  @Field(() => GuardTokenChange, {
    nullable: true,
    description: 'How the last one ended: EXPIRED, CONSUMED or REMOVED; null while one is attached.',
  })
  readonly ended!: TokenState['ended'];
}

@ObjectType({
  implements: ChangeEvent,
  description: 'The token of your session has changed; the first event is how it stands.',
})
export class GuardSessionChange extends ChangeEvent {
  constructor(type: CryptoType, hubEvent: HubEvent<TokenState, TokenChange>) {
    super(hubEvent);
    const { lifetime, createdAt, expiresAt, ended } = hubEvent.event.state;
    this.changes = hubEvent.event.changes;
    this.token = {
      type,
      isAttached: lifetime !== null,
      lifetime,
      createdAt: dateOf(createdAt),
      expiresAt: dateOf(expiresAt),
      ended,
    };
  }

  @Field(() => [GuardTokenChange], { description: 'What happened since the event before.' })
  readonly changes: readonly TokenChange[];

  @Field(() => GuardTokenStatus, { description: 'How it stands as of this event.' })
  readonly token: GuardTokenStatus;
}

type TokenEvent = HubEvent<TokenState, TokenChange>;

export const GuardSessionEvents = changed({
  name: 'guardSessionChanged',
  scope: READ,
  type: () => GuardSessionChange,
  description:
    'The token of your session: attached, expiring, expired, consumed, removed. Completes when the session ends. While it runs, the provider is asked every 20 seconds, which keeps the session alive.',
  args: { type: { type: () => GuardCryptoType, defaultValue: 'PGP', description: 'Of which kind of key.' } },
  async follow({ type, after }: { type: CryptoType; after?: string | undefined }, context: GuardContext) {
    const events = await context.services.live.followToken(context, type, after);
    return { events, toChange: (event: TokenEvent) => new GuardSessionChange(type, event) };
  },
});
