import { checkAll } from '../../src/check-all.js';
import { checkFilled, requireChange } from '../../src/check-given.js';
import { nameKey } from '../../src/same-name.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import { notUnderstood, requireWhole } from '../../src/providers/kit/parse.js';
import type { WireSource } from '../../src/providers/kit/wire-source.js';
import type {
  ContactMethodChange,
  ParticipantChange,
  PersonChange,
} from '../../src/providers/safebox/people.js';
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
    ...(contactMethods ?? []).flatMap((method, index) =>
      numberChecks(method, [...path, 'contactMethods', String(index)]),
    ),
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

/** A number that is known keeps what is not given, a new one needs all of it. */
function numberChecks({ id, ...number }: ContactMethodChange, place: readonly string[]): (() => unknown)[] {
  const { destination, destinationType } = number;
  const given = (field: 'destination' | 'destinationType') => () => {
    if (typeof number[field] === 'string') return;
    const path = [...place, field];
    throw invalidInput(path, 'MISSING', `${path.join('.')} is needed of a new number.`);
  };
  return [
    ...(typeof id === 'string'
      ? [() => checkFilled([...place, 'id'], id), () => requireChange(number, place)]
      : [given('destination'), given('destinationType')]),
    () => requireKnown([...place, 'destinationType'], destinationType),
    () => typeof destination === 'string' && checkFilled([...place, 'destination'], destination),
  ];
}

/** Refuses a change of nothing; no telephone numbers are nothing. @throws ProviderError INVALID_INPUT */
export function requirePersonChange({ contactMethods, ...change }: PersonChange): void {
  requireChange({ ...clearing(change), contactMethods: contactMethods?.length || null });
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

/** Telephone numbers of somebody, as the provider has them. */
type Numbers = readonly { readonly id: string }[] | null | undefined;

/** @throws ProviderError NOT_FOUND naming each id that none of the numbers has */
export function requireNumbers(ids: readonly string[], numbers: Numbers): void {
  checkAll(ids.map((id, index) => () => requireNumber(id, numbers, ['contactMethodIds', String(index)])));
}

/**
 * The same of a change that names numbers: the provider would add what it does not know.
 * @param read them; not called when none is named
 */
export async function requireNamedNumbers(
  { contactMethods }: PersonChange,
  read: () => Promise<Numbers>,
): Promise<void> {
  const named = (contactMethods ?? []).flatMap(({ id }, index) =>
    typeof id === 'string' ? [{ id, path: ['contactMethods', String(index), 'id'] }] : [],
  );
  if (named.length === 0) return;
  const numbers = await read();
  checkAll(
    named.map(
      ({ id, path }) =>
        () =>
          requireNumber(id, numbers, path),
    ),
  );
}

function requireNumber(id: string, numbers: Numbers, path: readonly string[]): void {
  if (!numbers?.some((number) => number.id === id)) throw new ProviderError('NOT_FOUND', { path });
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
