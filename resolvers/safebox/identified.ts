import type {
  DownloadActivity,
  DownloadDetail,
  SecurityOptions,
} from '../../src/providers/safebox/wire/box.js';
import type {
  ContactMethod,
  Favorite,
  Participant,
  RecipientSuggestion,
} from '../../src/providers/safebox/wire/people.js';
import { providerId } from '../../src/subgraph/global-id.js';
import { personOf } from '../../src/subgraph/person.js';
import type { NumbersOf } from './contact-method.type.js';
import { fromWireWord, SafeBoxPhoneType, SafeBoxRetention, SafeBoxTimeUnit } from './enums.js';
import type { SafeBoxDownloadActivity, SafeBoxDownloadDetail } from './download.type.js';
import type { SafeBoxFavorite, SafeBoxRecipientSuggestion } from './favorite.type.js';
import type { SafeBoxParticipant } from './participant.type.js';
import type { SafeBoxSecurityOptions } from './security.type.js';

// The provider names an owner by their user in every SafeBox, a document the same for everybody, and numbers from 1
// again what belongs to something else.

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
    boxId,
    participantId: id,
    person: personOf(known.email),
    guestOptions: guestOptions && {
      ...guestOptions,
      contactMethods: toNumbers(numbersOfGuest(boxId, id), guestOptions.contactMethods),
    },
  };
}

/** The provider's id of a telephone number, by either id. */
export function numberIdOf(of: NumbersOf, given: string): string {
  return providerId('SafeBoxContactMethod', given, ...of);
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
    recipientId: known.id,
    person: personOf(known.email),
  };
}

export function toDownloadActivity(
  boxId: string,
  { guests, owner }: DownloadActivity,
): SafeBoxDownloadActivity {
  const toDetail = ({ id: participantId, documents }: DownloadDetail): SafeBoxDownloadDetail => ({
    boxId,
    participantId,
    documents: documents.map(({ id: documentId, ...download }) => ({
      ...download,
      boxId,
      participantId,
      documentId,
    })),
  });
  return { guests: guests.map(toDetail), owner: owner && toDetail(owner) };
}

/** The rules of a SafeBox for the graph. */
export function toSecurityOptions(known: SecurityOptions): SafeBoxSecurityOptions {
  const { retentionPeriodType, retentionPeriodUnit, expirationUnit, autoExtendUnit } = known;
  return {
    ...known,
    retentionPeriodType: fromWireWord(SafeBoxRetention, retentionPeriodType),
    providerRetentionPeriodType: retentionPeriodType,
    retentionPeriodUnit: fromWireWord(SafeBoxTimeUnit, retentionPeriodUnit),
    providerRetentionPeriodUnit: retentionPeriodUnit,
    expirationUnit: fromWireWord(SafeBoxTimeUnit, expirationUnit),
    providerExpirationUnit: expirationUnit,
    autoExtendUnit: fromWireWord(SafeBoxTimeUnit, autoExtendUnit),
    providerAutoExtendUnit: autoExtendUnit,
  };
}

function toNumbers(of: NumbersOf, numbers: readonly ContactMethod[] | null) {
  return (
    numbers?.map((number) => ({
      ...number,
      of,
      contactMethodId: number.id,
      destinationType: fromWireWord(SafeBoxPhoneType, number.destinationType),
      providerDestinationType: number.destinationType,
    })) ?? null
  );
}
