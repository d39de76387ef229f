import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { requireEmailAddress } from '../shared/email-address.js';
import { boxPage } from './box.page.js';
import { SafeBoxConnection, toParticipant } from './box.type.js';
import type { SafeboxContext } from './context.js';
import { SafeBoxFavorite } from './favorite.type.js';
import { Person } from './person.type.js';

const READ = 'safebox:read';

@Resolver(() => Person)
export class SafeBoxPersonResolver {
  @Directive('@shareable')
  @Query(() => Person, {
    nullable: true,
    description: 'A person by e-mail address, with what each provider knows.',
  })
  person(
    @Arg('email', () => String, { description: 'E-mail address; case does not matter.' }) email: string,
  ): Person {
    return { email: requireEmailAddress('email', email) };
  }

  @RequiresScope(READ)
  @FieldResolver(() => SafeBoxConnection, {
    nullable: true,
    description:
      "SafeBoxes of yours that the provider's search finds for the address: those shared with this person, and those that mention it.",
  })
  async safeBoxes(
    @Root() { email }: Person,
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many at the most, 1 to 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Continue behind this cursor.' })
    after: string | undefined,
    @Ctx() { caller, services }: SafeboxContext,
  ): Promise<SafeBoxConnection> {
    return boxPage(services.client, await services.accesses.of(caller), { first, after, search: email });
  }

  @RequiresScope(READ)
  @FieldResolver(() => SafeBoxFavorite, {
    nullable: true,
    description: 'Your favorite with this address; null when there is none.',
  })
  async safeBoxFavorite(
    @Root() { email }: Person,
    @Ctx() { caller, services }: SafeboxContext,
  ): Promise<SafeBoxFavorite | null> {
    const access = await services.accesses.of(caller);
    const favorites = await services.client.people.favorites(access, null);
    const found = favorites.find((favorite) => favorite.email.toLowerCase() === email);
    return found ? toParticipant(found) : null;
  }
}
