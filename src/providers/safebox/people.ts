import type { Access } from './access.js';
import { requireUserId } from './account.js';
import type { Api } from './api.js';
import { ProviderError } from '../../provider-error.js';
import { requireAsked } from '../kit/parse.js';
import { PROVIDER } from './errors.js';
import { toWireId } from './wire/fields.js';
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

export function peopleCalls({ call, account }: Api): PeopleCalls {
  const userOf = (access: Access, userId: string | null) => ({
    account,
    userId: requireUserId(access, userId),
  });
  return {
    createParticipant: (access, safeBoxId, given) =>
      call(access, 'createParticipant', { path: { safeBoxId }, json: { participant: toWire(given) } }),
    async updateParticipant(access, safeBoxId, participantId, change) {
      const path = { safeBoxId, participantId };
      const json = { participant: toWire(change) };
      return about(
        'updateParticipant',
        participantId,
        await call(access, 'updateParticipant', { path, json }),
      );
    },
    async searchRecipient(access, term) {
      const query = { term };
      const search = call(access, 'searchRecipient', { query }).catch((error: unknown) => {
        if (!(error instanceof ProviderError) || error.code !== 'NOT_FOUND') throw error;
        return call(access, 'searchParticipant', { query });
      });
      return (await search).results;
    },
    async favorites(access, userId) {
      return (await call(access, 'getFavorites', { path: userOf(access, userId) })).favorites;
    },
    async createFavorite(access, userId, given) {
      const path = userOf(access, userId);
      return call(access, 'createFavorite', { path, json: { favorite: toWire(given) } });
    },
    async updateFavorite(access, userId, id, change) {
      const path = { ...userOf(access, userId), id };
      const json = { favorite: toWire(change) };
      return about('updateFavorite', id, await call(access, 'updateFavorite', { path, json }));
    },
    async deleteFavorite(access, userId, id) {
      await call(access, 'deleteFavorite', { path: { ...userOf(access, userId), id } });
    },
  };
}

/** The changed person, who must be the one that was to be changed. */
function about<Person extends { readonly id: string }>(
  operation: string,
  id: string,
  person: Person,
): Person {
  requireAsked({ provider: PROVIDER, operation, kind: 'write' }, id, person.id);
  return person;
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
