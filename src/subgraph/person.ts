import { nameKey } from '../same-name.js';
import type { KnownByKey } from './federate.js';
import { namesIn } from './global-id.js';
import { isEmailAddress, requireEmailAddress } from './email-address.js';

/** A key of the entity `Person`; the fields about a person are added by each subgraph. */
export interface PersonReference {
  readonly email: string;
}

/** The person behind an id that is an e-mail address; null for any other id. */
export function personOf(id: string): PersonReference | null {
  return isEmailAddress(id) ? { email: nameKey(id) } : null;
}

/** @throws ProviderError INVALID_INPUT naming `email` */
export function requirePerson(email: string): PersonReference {
  return { email: requireEmailAddress(['email'], email) };
}

/** Persons by e-mail address or id: everybody exists; what is known about them is asked field by field. */
export const persons: KnownByKey = {
  fromKey: ({ email, id }) =>
    personOf(typeof email === 'string' ? email : (namesIn('Person', String(id))?.[0] ?? '')),
};
