import { Ctx, Directive, Field, FieldResolver, ObjectType, Resolver } from 'type-graphql';
import { statusAt } from '../../src/providers/xqkeys/session-watch.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { ProviderSession } from '../shared/provider-session.type.js';
import { VIEWER, ViewerFields } from '../../src/subgraph/viewer.type.js';
import { READ } from './context.js';
import type { XqkeysContext } from './context.js';

@Directive('@shareable')
@ObjectType('Viewer', VIEWER)
export class Viewer extends ViewerFields {
  @Field(() => ProviderSession, {
    nullable: true,
    description: 'Your session at XQ Message; null when you are not signed in. More of it is in `xqSession`.',
  })
  readonly xqSession?: ProviderSession | null;
}

@Resolver(() => Viewer)
export class XqViewerResolver {
  @RequiresScope(READ)
  @FieldResolver()
  async xqSession(@Ctx() { caller, services }: XqkeysContext): Promise<ProviderSession | null> {
    const known = await services.sessions.known(caller);
    if (!known) return null;
    const { user: account, expiresAt } = known.session;
    const isEnding = statusAt(services.clock.now(), expiresAt) === 'ENDING';
    return new ProviderSession({
      provider: 'XQKEYS',
      account,
      state: known.state === 'ACTIVE' && isEnding ? 'ENDING' : known.state,
      expiresAt: new Date(expiresAt),
    });
  }
}
