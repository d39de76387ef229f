import { ASSUMED } from '../assumptions.js';
import { changePerson, type PersonChange } from './person.js';
import type { Service } from './service.js';
import type { Favorite } from './world.js';

/** What a request says of a favorite; absent means unchanged. */
export interface FavoriteChange extends PersonChange {
  readonly alwaysPromote?: boolean | undefined;
  readonly orderNumber?: number | undefined;
}

/** In the user's order. */
export function favoritesOf(service: Service, userId: number): Favorite[] {
  return service.world.favorites
    .filter((favorite) => favorite.userId === userId)
    .sort((one, other) => one.orderNumber - other.orderNumber);
}

/** The place in the order is assigned here, whatever was asked for. */
export function addFavorite(
  service: Service,
  userId: number,
  { orderNumber: _, ...given }: FavoriteChange & { readonly email: string },
): Favorite {
  const now = service.clock.now();
  const last = favoritesOf(service, userId).at(-1)?.orderNumber ?? 0;
  const favorite: Favorite = {
    id: service.nextId(),
    userId,
    email: given.email,
    firstName: '',
    lastName: '',
    companyName: '',
    alwaysPromote: false,
    orderNumber: last + ASSUMED.orderNumberStep,
    contactMethods: [],
    createdAt: now,
    updatedAt: now,
  };
  service.world.favorites.push(favorite);
  changeFavorite(service, favorite, given);
  return favorite;
}

export function changeFavorite(service: Service, favorite: Favorite, change: FavoriteChange): void {
  changePerson(service, favorite, change, service.clock.now());
  favorite.alwaysPromote = change.alwaysPromote ?? favorite.alwaysPromote;
  favorite.orderNumber = change.orderNumber ?? favorite.orderNumber;
  service.changed();
}

export function removeFavorite(service: Service, favorite: Favorite): void {
  service.world.favorites = service.world.favorites.filter((kept) => kept !== favorite);
  service.changed();
}
