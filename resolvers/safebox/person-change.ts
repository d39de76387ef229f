import { invalidInput } from '../../src/provider-error.js';
import type { PersonChange } from '../../src/providers/safebox/people.js';
import { isEmailAddress } from '../../src/subgraph/email-address.js';
import { toWireWord } from './enums.js';

/**
 * What an input says of a person, in the words of the wire.
 * @param path of the person in the caller's input
 * @throws ProviderError INVALID_INPUT for an address that is none
 */
export function toPersonChange<Input extends PersonChange>(input: Input, path: readonly string[]) {
  const { email, contactMethods } = input;
  if (email !== null && email !== undefined && !isEmailAddress(email))
    throw invalidInput([...path, 'email'], 'email must be an e-mail address.');
  return {
    ...input,
    ...(contactMethods && {
      contactMethods: contactMethods.map((method) => ({
        ...method,
        destinationType: toWireWord(method.destinationType),
      })),
    }),
  };
}

/** The removal of some telephone numbers. */
export function removalOf(ids: readonly string[]): PersonChange {
  return { contactMethods: ids.map((id) => ({ id, remove: true })) };
}

/** Whether somebody has the address that was given. */
export function isSamePerson(known: { readonly email: string }, given: { readonly email: string }): boolean {
  return known.email.toLowerCase() === given.email.toLowerCase();
}
