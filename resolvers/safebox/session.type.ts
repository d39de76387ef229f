import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { Payload } from '../../src/subgraph/payload.type.js';

@ObjectType({ description: 'Your session at the provider; its credential is kept sealed on this server.' })
export class SafeBoxSession {
  @Field(() => String, { description: 'Enterprise account.' })
  readonly account!: string;

  @Field(() => ID, { description: 'Id of the user (user_id).' })
  readonly userId!: string;

  @Field(() => String, { description: 'User name, as it was signed in with.' })
  readonly username!: string;

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  readonly signedInAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it is forgotten here; the provider may end it before.' })
  readonly expiresAt!: Date;

  @RequiresScope('safebox:token')
  @Field(() => String, {
    description: "The provider's API token. Secret; it is not needed to use this graph.",
  })
  readonly token!: string;
}

@ObjectType({ description: 'With what the provider is asked for you.' })
export class SafeBoxAccess {
  @Field(() => SafeBoxSession, { nullable: true, description: 'Your own session; null when there is none.' })
  readonly session!: SafeBoxSession | null;

  @RequiresScope('safebox:enterprise')
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether the account's own access token serves you as long as you have no session. It sees every SafeBox of the account, which all tenants share that have no account of their own.",
  })
  readonly hasEnterpriseToken!: boolean;
}

@ObjectType({ description: 'Answer to signing in.' })
export class SignInToSafeBoxPayload extends Payload {
  @Field(() => SafeBoxSession, { nullable: true, description: 'The session; null when there is a problem.' })
  session?: SafeBoxSession;
}

@ObjectType({ description: 'Answer to signing out.' })
export class SignOutOfSafeBoxPayload extends Payload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True when a session was ended, false when there was none.',
  })
  isSignedOut?: boolean;
}
