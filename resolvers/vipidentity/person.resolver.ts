import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { CallsProvider } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { selectedPaths } from '../shared/selected-paths.js';
import { READ } from './context.js';
import type { VipContext } from './context.js';
import { Person } from './person.type.js';
import { userRef } from './user-ref.js';
import { VipUser } from './user.type.js';

@Resolver(() => Person)
export class PersonResolver {
  @RequiresScope(READ)
  @CallsProvider()
  @FieldResolver(() => VipUser, {
    nullable: true,
    description: 'The VIP user whose id is this address; null when there is none (getUserInfo).',
  })
  async vipUser(
    @Root() { email }: Person,
    @Info() info: GraphQLResolveInfo,
    @Ctx() context: VipContext,
  ): Promise<VipUser | null> {
    const ref = userRef(email, null);
    const user = await context.services.users.find(ref, selectedPaths(info), context);
    return user && new VipUser(ref, user);
  }
}
