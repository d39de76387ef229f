import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { CryptoType } from '../../src/providers/guardcrypto/access.js';
import { toTokenState } from '../../src/providers/guardcrypto/session-watch.js';
import type { TokenLifetime } from '../../src/providers/guardcrypto/session-watch.js';
import type { AuthToken } from '../../src/providers/guardcrypto/tokens.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { GuardCryptoType, GuardTokenLifetime } from './enums.js';
import { Payload } from '../../src/subgraph/payload.type.js';
import { TOKEN } from './scopes.js';

@ObjectType({
  description: 'What lets the provider use your private key without asking for its password (AuthToken).',
})
export class GuardToken {
  @Field(() => GuardCryptoType, { description: 'Which kind of key it opens.' })
  readonly type!: CryptoType;

  @Field(() => Boolean, { description: 'Whether it is attached to your session, so that it is used.' })
  readonly isAttached!: boolean;

  @Field(() => GuardTokenLifetime, {
    nullable: true,
    description: 'How long it lasts; null while it is not attached.',
  })
  readonly lifetime!: TokenLifetime | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was made (createdOn).' })
  readonly createdAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ends, for a TIMED one.' })
  readonly expiresAt!: Date | null;

  @RequiresScope(TOKEN)
  @Field(() => String, {
    description: 'The token itself (auth). Secret; it is not needed to use this graph.',
  })
  readonly token!: string;
}

@ObjectType({ description: 'Answer to making or attaching a token.' })
export class GuardTokenPayload extends Payload {
  @Field(() => GuardToken, { nullable: true, description: 'The token; null when there is a problem.' })
  token?: GuardToken | null;
}

export function toToken(type: CryptoType, token: AuthToken, isAttached: boolean, now: number): GuardToken {
  const { lifetime, createdAt, expiresAt } = toTokenState(token, now);
  return {
    type,
    isAttached,
    lifetime: isAttached ? lifetime : null,
    createdAt: dateOf(createdAt),
    expiresAt: isAttached ? dateOf(expiresAt) : null,
    token: token.auth,
  };
}

/** A date, of milliseconds since the epoch. */
export function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
