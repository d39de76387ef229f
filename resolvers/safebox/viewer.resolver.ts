import { Ctx, Directive, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import { ownerKey } from '../../src/owner.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ProviderSession } from '../shared/provider-session.type.js';
import { VIEWER, ViewerFields } from '../../src/subgraph/viewer.type.js';
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
  @RequiresScope('safebox:read')
  @FieldResolver()
  async safeBoxSession(@Ctx() { caller, services }: SafeboxContext): Promise<ProviderSession | null> {
    const session = await services.sessions.find(ownerKey(caller));
    if (!session) return null;
    return new ProviderSession({
      provider: 'SAFEBOX',
      account: session.username,
      state: 'ACTIVE',
      expiresAt: new Date(session.expiresAt),
    });
  }
}
