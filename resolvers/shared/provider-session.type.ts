import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ObjectType } from 'type-graphql';
import { describedEnum } from '../../src/subgraph/described-enum.js';
import { Provider } from '../../src/subgraph/provider.enum.js';

export const ProviderSessionState = describedEnum(
  'ProviderSessionState',
  'Whether a session at a provider can still be used.',
  {
    ACTIVE: 'It can be used.',
    ENDING: 'It can be used, and is about to end: sign in again soon.',
    ENDED: 'It can be used no more: sign in again.',
  },
);

export type ProviderSessionState = keyof typeof ProviderSessionState;

@Directive('@shareable')
@ObjectType({ description: 'Your session at a provider; its credential is kept sealed on this server.' })
export class ProviderSession {
  @Field(() => Provider, { description: 'The provider.' })
  readonly provider: Provider;

  @Field(() => String, { description: 'As whom you are signed in there.' })
  readonly account: string;

  @Field(() => ProviderSessionState, { description: 'Whether it can still be used.' })
  readonly state: ProviderSessionState;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it ends at the latest; null when nobody says.',
  })
  readonly expiresAt: Date | null;

  constructor(session: Pick<ProviderSession, 'provider' | 'account' | 'state' | 'expiresAt'>) {
    this.provider = session.provider;
    this.account = session.account;
    this.state = session.state;
    this.expiresAt = session.expiresAt;
  }
}
