import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import type { PersonChange } from '../../src/providers/safebox/people.js';
import { toWireWord } from './enums.js';

/**
 * What an input says of a person, in the words of the wire.
 * @throws ProviderError INVALID_INPUT for an address that is none
 */
export function toPersonChange<Input extends PersonChange>(input: Input) {
  const { email, contactMethods } = input;
  if (email !== null && email !== undefined) requireEmailAddress('email', email);
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
