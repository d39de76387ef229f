import { nameKey } from '../same-name.js';
import type { KnownByKey } from './federate.js';
import { globalId } from './global-id.js';
import { isEmailAddress, requireEmailAddress } from './email-address.js';

/** A key of the entity `Person`; the fields about a person are added by each subgraph. */
export interface PersonReference {
  readonly id: string;
  readonly email: string;
}

/** The person behind an id that is an e-mail address; null for any other id. */
export function personOf(id: string): PersonReference | null {
  return isEmailAddress(id) ? toPerson(nameKey(id)) : null;
}

/** @throws ProviderError INVALID_INPUT naming `email` */
export function requirePerson(email: string): PersonReference {
  return toPerson(requireEmailAddress(['email'], email));
}

function toPerson(email: string): PersonReference {
  return { id: globalId('Person', email), email };
}

/** Persons by e-mail address: everybody exists; what is known about them is asked field by field. */
export const persons: KnownByKey = { fromKey: ({ email }) => personOf(String(email)) };
