import { checkAll } from '../../src/check-all.js';
import { checkFilled } from '../../src/check-given.js';
import { nameKey } from '../../src/same-name.js';
import { ProviderError } from '../../src/provider-error.js';
import { notUnderstood, requireWhole } from '../../src/providers/kit/parse.js';
import type { WireSource } from '../../src/providers/kit/wire-source.js';
import type { ParticipantChange, PersonChange } from '../../src/providers/safebox/people.js';
import { requireEmailAddress } from '../../src/subgraph/email-address.js';
import { requireKnown, toWireWord } from './enums.js';
import type { NumbersOf } from './contact-method.type.js';
import { numberIdOf } from './identified.js';

/**
 * What an input says of a person, in the words of the wire.
 * @param path of the person in the caller's input
 * @throws ProviderError INVALID_INPUT for an address that is none
 */
export function toPersonChange<Input extends PersonChange>(input: Input, path: readonly string[]) {
  const { email, contactMethods } = input;
  checkAll([
    () => (email === null || email === undefined ? null : requireEmailAddress([...path, 'email'], email)),
    ...(contactMethods ?? []).flatMap(({ destination, destinationType }, index) => {
      const place = [...path, 'contactMethods', String(index)];
      return [
        () => requireKnown([...place, 'destinationType'], destinationType),
        () => typeof destination === 'string' && checkFilled([...place, 'destination'], destination),
      ];
    }),
  ]);
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

/** The same of somebody who takes part in a SafeBox. @throws ProviderError INVALID_INPUT for an address that is none */
export function toParticipantChange(
  { isPrivileged: privileged, isLocked: locked, ...person }: ParticipantInput,
  path: readonly string[],
): ParticipantChange {
  return { ...toPersonChange(person, path), privileged, locked };
}

/** What of somebody who takes part in a SafeBox can be given, in the words of the graph. */
interface ParticipantInput extends PersonChange {
  readonly isPrivileged?: boolean | null | undefined;
  readonly isLocked?: boolean | null | undefined;
}

/** The same with names that are null as empty ones: null says nothing on the wire, where empty means none. */
export function clearing<Input extends PersonChange>(change: Input): Input {
  const cleared = NAMES.filter((name) => change[name] === null).map((name): [string, string] => [name, '']);
  return { ...change, ...Object.fromEntries(cleared) };
}

const NAMES = ['firstName', 'lastName', 'companyName'] as const;

/** The same with telephone numbers by the provider's ids, whichever id they were given by. */
export function namingNumbers<Input extends PersonChange>(change: Input, of: NumbersOf): Input {
  const { contactMethods } = change;
  if (!contactMethods) return change;
  return {
    ...change,
    contactMethods: contactMethods.map((method) => ({
      ...method,
      id: method.id && numberIdOf(of, method.id),
    })),
  };
}

/** The removal of some telephone numbers. */
export function removalOf(ids: readonly string[]): PersonChange {
  return { contactMethods: ids.map((id) => ({ id, remove: true })) };
}

/** Whether somebody has the address that was given. */
export function isSamePerson(known: { readonly email: string }, given: { readonly email: string }): boolean {
  return nameKey(known.email) === nameKey(given.email);
}

/** @throws ProviderError NOT_FOUND naming each id that none of the numbers has */
export function requireNumbers(
  ids: readonly string[],
  numbers: readonly { readonly id: string }[] | null | undefined,
): void {
  checkAll(
    ids.map((id, index) => () => {
      if (numbers?.some((number) => number.id === id)) return;
      throw new ProviderError('NOT_FOUND', { path: ['contactMethodIds', String(index)] });
    }),
  );
}

/**
 * Whether any of these is in a list.
 * @throws ProviderError PROVIDER_PROTOCOL when the list does not say
 */
export function hasAny(
  source: WireSource,
  list: readonly { readonly id: string }[] | null | undefined,
  ids: readonly string[],
): boolean {
  if (!list) throw notUnderstood(source, 'there is no list');
  const isThere = list.some(({ id }) => ids.includes(id));
  if (!isThere) requireWhole(source, list);
  return isThere;
}
