import type { Access } from './access.js';
import { requireUserId } from './account.js';
import type { Api, ApiCall } from './api.js';
import { ProviderError } from '../../provider-error.js';
import { toWireId } from './wire/fields.js';
import { favorite, favorites, participant, recipients } from './wire/people.js';
import type { Favorite, Participant, RecipientSuggestion } from './wire/people.js';

/** A telephone number that is added, or with its id changed or removed. */
export interface ContactMethodChange {
  readonly id?: string | null | undefined;
  readonly destination?: string | null | undefined;
  readonly destinationType?: string | null | undefined;
  readonly remove?: boolean | null | undefined;
}

/** What can be said of a person; what is absent stays as it is. */
export interface PersonChange {
  readonly email?: string | null | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly companyName?: string | null | undefined;
  readonly contactMethods?: readonly ContactMethodChange[] | null | undefined;
}

export interface ParticipantChange extends PersonChange {
  /** True takes away the access, false gives it back. */
  readonly locked?: boolean | null | undefined;
  readonly privileged?: boolean | null | undefined;
}

export interface FavoriteChange extends PersonChange {
  readonly orderNumber?: number | null | undefined;
}

/** Participants, suggestions and favorites (dossier ops 29 to 32 and 35 to 39). */
export interface PeopleCalls {
  createParticipant(access: Access, boxId: string, given: ParticipantChange): Promise<Participant>;
  updateParticipant(
    access: Access,
    boxId: string,
    participantId: string,
    change: ParticipantChange,
  ): Promise<Participant>;
  searchRecipient(access: Access, term: string): Promise<readonly RecipientSuggestion[]>;
  favorites(access: Access, userId: string | null): Promise<readonly Favorite[]>;
  createFavorite(access: Access, userId: string | null, given: FavoriteChange): Promise<Favorite>;
  updateFavorite(
    access: Access,
    userId: string | null,
    favoriteId: string,
    change: FavoriteChange,
  ): Promise<Favorite>;
  deleteFavorite(access: Access, userId: string | null, favoriteId: string): Promise<void>;
}

export function peopleCalls(api: Api): PeopleCalls {
  const favoritesOf = (access: Access, userId: string | null): string[] => [
    'enterprises',
    api.account,
    'users',
    requireUserId(access, userId),
    'favorites',
  ];
  const search = (
    access: Access,
    term: string,
    path: readonly string[],
  ): Promise<readonly RecipientSuggestion[]> => {
    const call: ApiCall = {
      operation: 'searchRecipient',
      kind: 'read',
      method: 'GET',
      path,
      query: { term },
    };
    return api.call(access, call, recipients).then(({ results }) => results);
  };
  return {
    createParticipant: (access, boxId, given) =>
      api.call(
        access,
        {
          operation: 'createParticipant',
          kind: 'write',
          method: 'POST',
          path: ['safeboxes', boxId, 'participants'],
          body: { participant: toWire(given) },
        },
        participant,
      ),
    updateParticipant: (access, boxId, participantId, change) =>
      api.call(
        access,
        {
          operation: 'updateParticipant',
          kind: 'write',
          method: 'PATCH',
          path: ['safeboxes', boxId, 'participants', participantId],
          body: { participant: toWire(change) },
        },
        participant,
      ),
    // Only the newest of the vendor's clients uses the first path (doubt 5).
    searchRecipient: (access, term) =>
      search(access, term, ['recipients', 'autocomplete']).catch((error: unknown) => {
        if (!(error instanceof ProviderError) || error.code !== 'NOT_FOUND') throw error;
        return search(access, term, ['participants', 'autocomplete']);
      }),
    async favorites(access, userId) {
      const path = favoritesOf(access, userId);
      const answer = await api.call(
        access,
        { operation: 'getFavorites', kind: 'read', method: 'GET', path },
        favorites,
      );
      return answer.favorites;
    },
    async createFavorite(access, userId, given) {
      const path = favoritesOf(access, userId);
      const body = { favorite: toWire(given) };
      return api.call(
        access,
        { operation: 'createFavorite', kind: 'write', method: 'POST', path, body },
        favorite,
      );
    },
    async updateFavorite(access, userId, favoriteId, change) {
      const path = [...favoritesOf(access, userId), favoriteId];
      const body = { favorite: toWire(change) };
      return api.call(
        access,
        { operation: 'updateFavorite', kind: 'write', method: 'PATCH', path, body },
        favorite,
      );
    },
    async deleteFavorite(access, userId, favoriteId) {
      const path = [...favoritesOf(access, userId), favoriteId];
      await api.send(access, { operation: 'deleteFavorite', kind: 'write', method: 'DELETE', path });
    },
  };
}

/** The wire takes a person flat, and removes a number that carries `_destroy` (dossier ops 29 to 31). */
export function toWire<Given extends PersonChange>({ contactMethods, ...person }: Given): object {
  return {
    ...person,
    ...(contactMethods && {
      contactMethods: contactMethods.map(({ id, remove, ...method }) => ({
        ...method,
        ...(id && { id: toWireId(id) }),
        ...(remove && { _destroy: true }),
      })),
    }),
  };
}
