import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../src/subgraph/payload.type.js';
import type { StoredSession } from './sessions.js';

@ObjectType({ description: 'Your session at the App Suite; what proves it is kept sealed on this server.' })
export class GuardSession {
  @Field(() => String, { description: 'User name, as it was signed in with.' })
  readonly username!: string;

  @Field(() => Int, { description: 'Number of the user (user_id).' })
  readonly userId!: number;

  @Field(() => Int, { description: 'Number of the context, which is the organization (context_id).' })
  readonly contextId!: number;

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  readonly signedInAt!: Date;

  @Field(() => GraphQLDateTime, {
    description: 'When it is forgotten here; the provider ends it before that when it is not used.',
  })
  readonly expiresAt!: Date;
}

@ObjectType({ description: 'Answer to signing in.' })
export class SignInToGuardPayload extends Payload {
  @Field(() => GuardSession, { nullable: true, description: 'The session; null when there is a problem.' })
  session?: GuardSession;
}

@ObjectType({ description: 'Answer to signing out.' })
export class SignOutOfGuardPayload extends Payload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when a session was ended, false when there was none.',
  })
  isSignedOut?: boolean;
}

export function toSession({ signedInAt, expiresAt, ...stored }: StoredSession): GuardSession {
  const { username, userId, contextId } = stored;
  return { username, userId, contextId, signedInAt: new Date(signedInAt), expiresAt: new Date(expiresAt) };
}
