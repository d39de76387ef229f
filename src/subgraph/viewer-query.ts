import { Ctx, Directive, Query, Resolver } from 'type-graphql';
import type { ClassType } from 'type-graphql';
import type { Caller } from '../auth/caller.js';
import type { SubgraphCall } from './subgraph.js';
import type { ViewerFields } from './viewer.type.js';

/**
 * `viewer` of one subgraph. Every subgraph has it, as it has `person`.
 * @param Viewer the type as this subgraph declares it
 */
export function viewerQuery<Viewer extends ViewerFields>(Viewer: new (caller: Caller) => Viewer): ClassType {
  @Resolver()
  class ViewerQuery {
    @Directive('@shareable')
    @Query(() => Viewer, {
      description: 'Who you are here, what you may do, and where you are signed in. Calls nobody.',
    })
    viewer(@Ctx() { caller }: SubgraphCall): Viewer {
      return new Viewer(caller);
    }
  }
  return ViewerQuery;
}
