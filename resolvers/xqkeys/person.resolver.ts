import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { SizedByFirst } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { READ } from './context.js';
import type { XqkeysContext } from './context.js';
import { keyPage } from './key.page.js';
import { XqKeyConnection } from './key.type.js';
import { Person } from './person.type.js';

@Resolver(() => Person)
export class XqPersonResolver {
  @RequiresScope(READ)
  @SizedByFirst()
  @FieldResolver(() => XqKeyConnection, {
    nullable: true,
    description:
      'Keys that you have shared with this person through this graph and not taken back, newest first. Our own record: the provider lists no recipients.',
  })
  xqKeys(
    @Root() { email }: Person,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at the most, 1 to 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Continue behind this cursor.' })
    after: string | undefined,
    @Ctx() context: XqkeysContext,
  ): Promise<XqKeyConnection> {
    return keyPage({ first, after, recipient: email }, context);
  }
}
