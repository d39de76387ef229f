import { Ctx, Directive, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ProviderSession } from '../shared/provider-session.type.js';
import { VIEWER, ViewerFields } from '../../src/subgraph/viewer.type.js';
import type { GuardContext } from './context.js';
import { READ } from './scopes.js';

@Directive('@shareable')
@ObjectType('Viewer', VIEWER)
export class Viewer extends ViewerFields {
  @Field(() => ProviderSession, {
    nullable: true,
    description: 'Your session at the App Suite; null when you are not signed in.',
  })
  readonly guardSession?: ProviderSession | null;
}

@Resolver(() => Viewer)
export class GuardViewerResolver {
  @RequiresScope(READ)
  @FieldResolver()
  async guardSession(@Ctx() { caller, services }: GuardContext): Promise<ProviderSession | null> {
    const known = await services.sessions.known(caller);
    if (!known) return null;
    const { username: account, expiresAt } = known.session;
    return new ProviderSession({
      provider: 'GUARDCRYPTO',
      account,
      state: known.state,
      expiresAt: new Date(expiresAt),
    });
  }
}
