import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { definePerson } from '../../src/subgraph/define-person.js';
import type { PersonReference } from '../../src/subgraph/person.js';
import { MAX_PAGE_SIZE } from '../../src/subgraph/list-cursors.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { AcmeRequest } from './request.js';
import type { AcmeContext } from './request.js';

export const Person = definePerson();

@Resolver(() => Person)
export class AcmePersonResolver {
  @RequiresScope('acme:read')
  @FieldResolver(() => [AcmeRequest], { nullable: true, description: 'Your latest requests to this person.' })
  async acmeRequests(
    @Root() { email }: PersonReference,
    @Ctx() { caller, services }: AcmeContext,
  ): Promise<readonly AcmeRequest[]> {
    const { edges } = await services.requests.page(
      caller,
      { first: MAX_PAGE_SIZE, filter: null },
      (request) => (request.value.user === email ? new AcmeRequest(request) : null),
    );
    return edges.map(({ node }) => node);
  }
}
