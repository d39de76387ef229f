import type { DownloadActivity, DownloadDetail } from '../../src/providers/safebox/wire/box.js';
import type {
  ContactMethod,
  Favorite,
  Participant,
  RecipientSuggestion,
} from '../../src/providers/safebox/wire/people.js';
import { globalId, providerId } from '../../src/subgraph/global-id.js';
import { personOf } from '../../src/subgraph/person.js';
import type { SafeBoxDownloadActivity, SafeBoxDownloadDetail } from './download.type.js';
import type { SafeBoxFavorite, SafeBoxRecipientSuggestion } from './favorite.type.js';
import type { SafeBoxParticipant } from './participant.type.js';

// The provider names an owner by their user in every SafeBox, a document the same for everybody, and numbers from 1
// again what belongs to something else.

const PARTICIPANT = 'SafeBoxParticipant';
const NUMBER = 'SafeBoxContactMethod';

/** Whose telephone numbers are meant: the names of a guest of a SafeBox, or of a favorite. */
export type NumbersOf = readonly string[];

export function numbersOfGuest(boxId: string, participantId: string): NumbersOf {
  return ['guest', boxId, participantId];
}

export function numbersOfFavorite(favoriteId: string): NumbersOf {
  return ['favorite', favoriteId];
}

/** Somebody of a SafeBox for the graph. */
export function toParticipant(boxId: string, known: Participant): SafeBoxParticipant {
  const { id, guestOptions } = known;
  return {
    ...known,
    id: globalId(PARTICIPANT, boxId, id),
    participantId: id,
    person: personOf(known.email),
    guestOptions: guestOptions && {
      ...guestOptions,
      contactMethods: toNumbers(numbersOfGuest(boxId, id), guestOptions.contactMethods),
    },
  };
}

/** The provider's id of a participant, by either id. */
export function participantIdOf(boxId: string, given: string): string {
  return providerId(PARTICIPANT, given, boxId);
}

/** The provider's id of a telephone number, by either id. */
export function numberIdOf(of: NumbersOf, given: string): string {
  return providerId(NUMBER, given, ...of);
}

export function toFavorite(known: Favorite): SafeBoxFavorite {
  return {
    ...known,
    person: personOf(known.email),
    contactMethods: toNumbers(numbersOfFavorite(known.id), known.contactMethods),
  };
}

export function toSuggestion(known: RecipientSuggestion): SafeBoxRecipientSuggestion {
  return {
    ...known,
    id: globalId('SafeBoxRecipientSuggestion', known.type, known.id),
    recipientId: known.id,
    person: personOf(known.email),
  };
}

export function toDownloadActivity(
  boxId: string,
  { guests, owner }: DownloadActivity,
): SafeBoxDownloadActivity {
  const toDetail = ({ id: participantId, documents }: DownloadDetail): SafeBoxDownloadDetail => ({
    id: globalId('SafeBoxDownloadDetail', boxId, participantId),
    participantId,
    documents: documents.map(({ id: documentId, ...download }) => ({
      ...download,
      id: globalId('SafeBoxDocumentDownload', boxId, participantId, documentId),
      documentId,
    })),
  });
  return { guests: guests.map(toDetail), owner: owner && toDetail(owner) };
}

function toNumbers(of: NumbersOf, numbers: readonly ContactMethod[] | null) {
  return (
    numbers?.map((number) => ({
      ...number,
      id: globalId(NUMBER, ...of, number.id),
      contactMethodId: number.id,
    })) ?? null
  );
}
