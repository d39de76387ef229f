import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import { ownerKey } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import { authorizationWatch } from '../../src/providers/xqkeys/authorization-watch.js';
import type {
  AuthorizationChange,
  AuthorizationState,
} from '../../src/providers/xqkeys/authorization-watch.js';
import { statusAt } from '../../src/providers/xqkeys/session-watch.js';
import type { SessionChange, SessionState } from '../../src/providers/xqkeys/session-watch.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import { mapEvents } from '../../src/subgraph/map-events.js';
import type { Authorization } from './authorizations.js';
import { READ, WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqAuthorizationStatus, XqSessionStatus } from './enums.js';
import { XqAuthorization, XqSession } from './session.type.js';

@ObjectType({ description: 'A session got another status.' })
export class XqSessionStatusChange {
  @Field(() => XqSessionStatus, { nullable: true, description: 'Status before; null on the first event.' })
  readonly from!: string | null;

  @Field(() => XqSessionStatus, { description: 'Status now.' })
  readonly to!: string;
}

@ObjectType({
  description: 'Your session has changed; the first event of a subscription is its current state.',
})
export class XqSessionChange extends ChangeEvent {
  constructor({ id }: { id: string }, hubEvent: HubEvent<SessionState, SessionChange>) {
    super(hubEvent);
    const { state, changes } = hubEvent.event;
    this.sessionId = id;
    this.changes = changes;
    this.status = state.status;
    this.expiresAt = new Date(state.expiresAt);
  }

  @Field(() => [XqSessionStatusChange], { description: 'What is different from the event before.' })
  readonly changes: readonly XqSessionStatusChange[];

  @Field(() => ID, { description: 'Id of the session, which may be over.' })
  readonly sessionId: string;

  @Field(() => XqSessionStatus, { description: 'Where it stands.' })
  readonly status: string;

  @Field(() => GraphQLDateTime, { description: 'When it ends, or would have ended.' })
  readonly expiresAt: Date;
}

@ObjectType({ description: 'A request for access got another status.' })
export class XqAuthorizationStatusChange {
  @Field(() => XqAuthorizationStatus, {
    nullable: true,
    description: 'Status before; null on the first event.',
  })
  readonly from!: string | null;

  @Field(() => XqAuthorizationStatus, { description: 'Status now.' })
  readonly to!: string;
}

@ObjectType({
  description: 'A request for access has changed; the first event of a subscription is its current state.',
})
export class XqAuthorizationChange extends ChangeEvent {
  constructor(authorization: Authorization, hubEvent: HubEvent<AuthorizationState, AuthorizationChange>) {
    super(hubEvent);
    const { state, changes } = hubEvent.event;
    this.changes = changes;
    this.authorization = new XqAuthorization({ ...authorization, status: state.status });
  }

  @Field(() => [XqAuthorizationStatusChange], { description: 'What is different from the event before.' })
  readonly changes: readonly XqAuthorizationStatusChange[];

  @Field(() => XqAuthorization, { description: 'The request as of this event.' })
  readonly authorization: XqAuthorization;

  @Field(() => XqSession, {
    nullable: true,
    description: 'Your session, once the request has become one; null before.',
  })
  async session(@Ctx() { caller, services }: XqkeysContext): Promise<XqSession | null> {
    if (this.authorization.status !== 'EXCHANGED') return null;
    const session = await services.sessions.find(ownerKey(caller));
    return session ? new XqSession(session, services.clock.now()) : null;
  }
}

const AFTER = 'Resume behind this cursor, without gap or repeat.';

@Resolver()
export class XqSessionEvents {
  @RequiresScope(READ)
  @Subscription(() => XqSessionChange, {
    description:
      'The life of your session: its current state at once; ENDING ten minutes before it is over, as it cannot be renewed; completes when it is over.',
    async subscribe({ args, context }: { args: { after?: string }; context: XqkeysContext }) {
      const { caller, services } = context;
      const { live, sessions, sessionKind, clock } = services;
      const { id, expiresAt } = await sessions.of(caller);
      const spec = await live.watch({
        kind: sessionKind,
        owner: caller,
        key: { owner: ownerKey(caller), session: id, expiresAt },
        deadlineAt: expiresAt,
        onlyWhileSubscribed: true,
        first: { state: { status: statusAt(clock.now(), expiresAt), expiresAt }, source: 'POLL' },
      });
      const events = await live.subscribe<SessionState, SessionChange>(spec.id, { after: args.after });
      return mapEvents(events, (event) => new XqSessionChange({ id }, event));
    },
  })
  xqSessionChanged(
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | undefined,
    @Root() change: XqSessionChange,
    @Ctx() _context: XqkeysContext,
  ): XqSessionChange {
    return change;
  }

  @RequiresScope(WRITE)
  @Subscription(() => XqAuthorizationChange, {
    description:
      'Waits for the link of a request for access to be clicked, and then makes it your session, in place of an earlier one; one that was confirmed by PIN is left to `exchangeXqAccess`. Completes when there is a session, or when its time is over.',
    async subscribe({ args, context }: { args: { id: string; after?: string }; context: XqkeysContext }) {
      const { caller, services } = context;
      const authorization = await services.authorizations.find(caller, args.id);
      if (!authorization) throw new ProviderError('NOT_FOUND', { path: ['id'] });
      const spec = await services.live.watch({
        kind: authorizationWatch,
        owner: caller,
        key: { owner: ownerKey(caller), authorization: authorization.id },
        deadlineAt: authorization.expiresAt,
        onlyWhileSubscribed: true,
        first: { state: { status: authorization.status }, source: 'POLL' },
      });
      const events = await services.live.subscribe<AuthorizationState, AuthorizationChange>(spec.id, {
        after: args.after,
      });
      return mapEvents(events, (event) => new XqAuthorizationChange(authorization, event));
    },
  })
  xqAuthorizationChanged(
    @Arg('id', () => ID, { description: 'Id of the request for access.' }) _id: string,
    @Arg('after', () => String, { nullable: true, description: AFTER }) _after: string | undefined,
    @Root() change: XqAuthorizationChange,
    @Ctx() _context: XqkeysContext,
  ): XqAuthorizationChange {
    return change;
  }
}
