import { Ctx, Directive, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ProviderSession } from '../shared/provider-session.type.js';
import { VIEWER, ViewerFields } from '../../src/subgraph/viewer.type.js';
import { READ } from './context.js';
import type { SafeboxContext } from './context.js';

@Directive('@shareable')
@ObjectType('Viewer', VIEWER)
export class Viewer extends ViewerFields {
  @Field(() => ProviderSession, {
    nullable: true,
    description: 'Your session at SendSecure; null when you are not signed in.',
  })
  readonly safeBoxSession?: ProviderSession | null;
}

@Resolver(() => Viewer)
export class SafeBoxViewerResolver {
  @RequiresScope(READ)
  @FieldResolver()
  async safeBoxSession(@Ctx() { caller, services }: SafeboxContext): Promise<ProviderSession | null> {
    const known = await services.accesses.sessions.known(caller);
    if (!known) return null;
    const { session, state } = known;
    return new ProviderSession({
      provider: 'SAFEBOX',
      account: session.username,
      state,
      expiresAt: new Date(session.expiresAt),
    });
  }
}
