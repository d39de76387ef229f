import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Identified } from '../../src/subgraph/identified.js';
import { statusAt } from '../../src/providers/xqkeys/session-watch.js';
import type { SessionStatus } from '../../src/providers/xqkeys/session-watch.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { personOf } from '../../src/subgraph/person.js';
import type { Authorization } from './authorizations.js';
import { TOKEN } from './context.js';
import { XqAuthorizationStatus, XqSessionKind, XqSessionStatus } from './enums.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { Person } from './person.type.js';
import type { SessionKind, StoredSession } from './sessions.js';

@Identified<XqSession>(({ sessionId }) => [sessionId])
@ObjectType({
  description:
    'Your session at the provider; its token is kept sealed on this server. It cannot be renewed: sign in again.',
})
export class XqSession {
  constructor(
    private readonly session: StoredSession,
    private readonly now: number,
  ) {}

  @Field(() => ID, { description: 'Names this session; another one after every sign-in. Ours.' })
  get sessionId(): string {
    return this.session.id;
  }

  @Field(() => XqSessionKind, { description: 'How it came about.' })
  get kind(): SessionKind {
    return this.session.kind;
  }

  @Field(() => String, { description: 'Who or what signed in, as given.' })
  get user(): string {
    return this.session.user;
  }

  @Field(() => String, {
    nullable: true,
    description:
      'Address by which keys are granted to it; null when only the provider knows, see `xqSettings.user`.',
  })
  get address(): string | null {
    return this.session.address;
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the user is an e-mail address.' })
  get person(): Person | null {
    return this.session.kind === 'USER' ? personOf(this.session.user) : null;
  }

  @Field(() => XqSessionStatus, {
    description: 'Where it stands by our own clock; `xqSessionChanged` asks the provider too.',
  })
  get status(): SessionStatus {
    return statusAt(this.now, this.session.expiresAt);
  }

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  get signedInAt(): Date {
    return new Date(this.session.signedInAt);
  }

  @Field(() => GraphQLDateTime, { description: 'When it ends.' })
  get expiresAt(): Date {
    return new Date(this.session.expiresAt);
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until when the dashboard is open for it; null when it is not.',
  })
  get dashboardExpiresAt(): Date | null {
    const { dashboard } = this.session;
    return dashboard && dashboard.expiresAt > this.now ? new Date(dashboard.expiresAt) : null;
  }

  @RequiresScope(TOKEN)
  @Field(() => String, {
    description: "The provider's access token. Secret; it is not needed to use this graph.",
  })
  get token(): string {
    return this.session.token;
  }
}

@Identified<XqAuthorization>(({ authorizationId }) => [authorizationId])
@ObjectType({ description: 'A request for access on its way to a session. Only who made it sees it.' })
export class XqAuthorization {
  constructor(private readonly authorization: Authorization) {}

  @Field(() => ID, { description: 'Id of the request; ours, not a credential.' })
  get authorizationId(): string {
    return this.authorization.id;
  }

  @Field(() => String, { description: 'E-mail address or phone number that the PIN was sent to.' })
  get user(): string {
    return this.authorization.user;
  }

  @Field(() => Person, { nullable: true, description: 'The person, when the user is an e-mail address.' })
  get person(): Person | null {
    return personOf(this.authorization.user);
  }

  @Field(() => XqAuthorizationStatus, { description: 'Where it stands, as last observed.' })
  get status(): string {
    return this.authorization.status;
  }

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  get createdAt(): Date {
    return new Date(this.authorization.createdAt);
  }

  @Field(() => GraphQLDateTime, {
    description: 'Until when it can be confirmed; 15 minutes where the provider does not say.',
  })
  get expiresAt(): Date {
    return new Date(this.authorization.expiresAt);
  }
}

@ObjectType({ description: 'Answer to a command about a request for access.' })
export class XqAuthorizationPayload extends Payload {
  @Field(() => XqAuthorization, {
    nullable: true,
    description: 'The request; null when there is a problem.',
  })
  authorization?: XqAuthorization;
}

@ObjectType({ description: 'Answer to signing in.' })
export class XqSessionPayload extends Payload {
  @Field(() => XqSession, { nullable: true, description: 'The session; null when there is a problem.' })
  session?: XqSession;
}

@ObjectType({ description: 'Answer to signing in as a device.' })
export class XqDeviceSessionPayload extends XqSessionPayload {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the device is now registered as a member of the team. False when that was not asked for, and when the provider refused it or could not be reached: the session is good all the same.',
  })
  isAnnounced?: boolean;
}

@ObjectType({ description: 'Answer to signing out.' })
export class SignOutOfXqPayload extends Payload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when a session was ended, false when there was none.',
  })
  isSignedOut?: boolean;
}

@ObjectType({ description: 'Answer to asking for a token of the provider.' })
export class XqTokenPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'The token; null when there is a problem. Secret: told once.',
  })
  token?: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many tokens went into a combined one; null for any other.',
  })
  merged?: number | null;
}
