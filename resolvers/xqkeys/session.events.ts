import { GraphQLDateTime } from 'graphql-scalars';
import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import type { HubEvent } from '../../src/live/event-reader.js';
import type {
  AuthorizationChange,
  AuthorizationState,
} from '../../src/providers/xqkeys/authorization-watch.js';
import { changed } from '../../src/subgraph/changed.js';
import { ChangeEvent } from '../shared/change-event.type.js';
import type { Authorization } from './authorizations.js';
import { READ, WRITE } from './context.js';
import type { XqkeysContext } from './context.js';
import { XqAuthorizationStatus, XqSessionStatus } from './enums.js';
import type { SessionEvent } from './session-watch.js';
import { XqAuthorization, XqSession } from './session.type.js';

@ObjectType({ description: 'A session got another status.' })
export class XqSessionStatusChange {
  @Field(() => XqSessionStatus, { nullable: true, description: 'Status before; null on the first event.' })
  readonly from!: string | null;

  @Field(() => XqSessionStatus, { description: 'Status now.' })
  readonly to!: string;
}

@ObjectType({
  implements: ChangeEvent,
  description: 'Your session has changed; the first event of a subscription is its current state.',
})
export class XqSessionChange extends ChangeEvent {
  constructor({ id }: { id: string }, hubEvent: SessionEvent) {
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
  implements: ChangeEvent,
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
    const session = await services.sessions.find(caller);
    return session ? new XqSession(session, services.clock.now()) : null;
  }
}

export const XqSessionEvents = changed({
  name: 'xqSessionChanged',
  scope: READ,
  type: () => XqSessionChange,
  description:
    'The life of your session: its current state at once; ENDING ten minutes before it is over, as it cannot be renewed; completes when it is over.',
  async follow({ after }: { after?: string | undefined }, { caller, services }: XqkeysContext) {
    const { id, events } = await services.sessionWatch.follow(caller, after);
    return { events, toChange: (event: SessionEvent) => new XqSessionChange({ id }, event) };
  },
});

type AuthorizationEvent = HubEvent<AuthorizationState, AuthorizationChange>;

export const XqAuthorizationEvents = changed({
  name: 'xqAuthorizationChanged',
  scope: WRITE,
  type: () => XqAuthorizationChange,
  description:
    'Waits for the link of a request for access to be clicked, and then makes it your session, in place of an earlier one; one that was confirmed by PIN is left to `exchangeXqAccess`. Completes when there is a session, or when its time is over.',
  args: { id: { type: () => ID, names: ['XqAuthorization'], description: 'The request for access.' } },
  async follow(
    { id, after }: { id: string; after?: string | undefined },
    { caller, services }: XqkeysContext,
  ) {
    const { authorization, events } = await services.authorizations.follow(caller, id, after);
    return {
      events,
      toChange: (event: AuthorizationEvent) => new XqAuthorizationChange(authorization, event),
    };
  },
});
