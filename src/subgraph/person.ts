import type { ReferenceResolver } from './federate.js';
import { isEmailAddress, requireEmailAddress } from './email-address.js';

/** A key of the entity `Person`; the fields about a person are added by each subgraph. */
export interface PersonReference {
  readonly email: string;
}

/** The person behind an id that is an e-mail address; null for any other id. */
export function personOf(id: string): PersonReference | null {
  return isEmailAddress(id) ? { email: id.toLowerCase() } : null;
}

/** Persons by e-mail address: everybody exists; what is known about them is asked field by field. */
export const resolvePersons: ReferenceResolver<unknown> = (representations) =>
  representations.map(({ email }) => ({ email: requireEmailAddress(['email'], String(email)) }));
