import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, Field, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import type {
  TokenChange,
  TokenLifetime,
  TokenState,
} from '../../src/providers/guardcrypto/session-watch.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { mapEvents } from '../../src/subgraph/map-events.js';
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

@ObjectType({ description: 'The token of your session has changed; the first event is how it stands.' })
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

@Resolver()
export class GuardSessionEvents {
  @RequiresScope(READ)
  @Subscription(() => GuardSessionChange, {
    description:
      'The token of your session: attached, expiring, expired, consumed, removed. Completes when the session ends. While it runs, the provider is asked every 20 seconds, which keeps the session alive.',
    async subscribe({
      args,
      context,
    }: {
      args: { type: CryptoType; after?: string };
      context: GuardContext;
    }) {
      const { type, after } = args;
      const events = await context.services.live.followToken(context.caller, type, after);
      return mapEvents(events, (event) => new GuardSessionChange(type, event));
    },
  })
  guardSessionChanged(
    @Arg('type', () => GuardCryptoType, { defaultValue: 'PGP', description: 'Of which kind of key.' })
    _type: CryptoType,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Resume behind this cursor, without gap or repeat.',
    })
    _after: string | undefined,
    @Root() change: GuardSessionChange,
    @Ctx() _context: GuardContext,
  ): GuardSessionChange {
    return change;
  }
}
