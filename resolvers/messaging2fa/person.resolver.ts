import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { SizedByFirst } from '../../src/subgraph/cost.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { READ } from './context.js';
import type { Messaging2faContext } from './context.js';
import { messagePage } from './message.page.js';
import { TwoFactorMessageConnection } from './message.type.js';
import { Person } from './person.type.js';

@Resolver(() => Person)
export class PersonResolver {
  @RequiresScope(READ)
  @SizedByFirst()
  @FieldResolver(() => TwoFactorMessageConnection, {
    nullable: true,
    description: 'The 2FA messages you have sent to this person, newest first.',
  })
  twoFactorMessages(
    @Root() { email }: Person,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at the most, 1 to 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Continue behind this cursor.' })
    after: string | undefined,
    @Ctx() context: Messaging2faContext,
  ): Promise<TwoFactorMessageConnection> {
    return messagePage({ first, after, person: email }, context);
  }
}
