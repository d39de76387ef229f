import { nameKey } from '../../src/same-name.js';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { CallsProvider, SizedByFirst } from '../../src/subgraph/cost.js';
import type { Favorite } from '../../src/providers/safebox/wire/people.js';
import { RequiresScope } from '../../src/subgraph/scopes.js';
import { boxPage } from './box.page.js';
import { SafeBoxConnection } from './box.type.js';
import { READ } from './context.js';
import type { SafeboxContext } from './context.js';
import { SafeBoxFavorite } from './favorite.type.js';
import { toFavorite } from './identified.js';
import { Person } from './person.type.js';

const favoritesByRequest = new WeakMap<SafeboxContext, Promise<readonly Favorite[]>>();

/** The caller's favorites, read once per request. */
function favoritesOf(context: SafeboxContext): Promise<readonly Favorite[]> {
  const known = favoritesByRequest.get(context);
  if (known) return known;
  const { accesses, client } = context.services;
  const read = async (): Promise<readonly Favorite[]> => {
    const access = await accesses.of(context);
    // The enterprise access token belongs to nobody who could have favorites.
    return access.userId === null ? [] : client.people.favorites(access, null);
  };
  const favorites = read();
  favoritesByRequest.set(context, favorites);
  return favorites;
}

@Resolver(() => Person)
export class SafeBoxPersonResolver {
  @RequiresScope(READ)
  @CallsProvider()
  @SizedByFirst()
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
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxConnection> {
    const { accesses, client } = context.services;
    return boxPage(client, await accesses.of(context), { first, after, search: email });
  }

  @RequiresScope(READ)
  @FieldResolver(() => SafeBoxFavorite, {
    nullable: true,
    description:
      'Your favorite with this address; null when there is none, or no session of your own. Asked for of many persons, it is one call.',
  })
  async safeBoxFavorite(
    @Root() { email }: Person,
    @Ctx() context: SafeboxContext,
  ): Promise<SafeBoxFavorite | null> {
    const favorites = await favoritesOf(context);
    const found = favorites.find((favorite) => nameKey(favorite.email) === email);
    return found ? toFavorite(found) : null;
  }
}
