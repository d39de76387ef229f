import { checkAll } from '../check-all.js';
import { checkFilled } from '../check-given.js';
import type { ProviderError } from '../provider-error.js';

/** What a caller has given to a mutation, in their own words. */
export interface Given {
  readonly input: unknown;
  /** Where ids stand in it, with places in lists. */
  readonly ids: readonly (readonly string[])[];
}

/** No id of anything is blank. @throws ProviderError INVALID_INPUT naming each that is */
export function checkIds({ input, ids }: Given): void {
  checkAll(
    ids.map((path) => () => {
      const id = valueAt(input, path);
      if (typeof id === 'string') checkFilled(path, id);
    }),
  );
}

/**
 * An error as it is told: of a text that is blank, that; and of a thing that is not there, or is in no state for what was
 * asked, by which id it was named, where one alone was given.
 */
export function toldOf(error: ProviderError, given: Given): ProviderError {
  const found = [error, ...error.others];
  const told = found
    .map((one) => blankOr(named(one, given), given))
    .filter(
      (one, place, all) => one.reason !== 'BLANK' || all.findIndex((other) => isAlike(one, other)) === place,
    );
  const [first = error, ...others] = told;
  const isSame = told.length === found.length && told.every((one, place) => one === found[place]);
  return isSame ? error : first.with({ others });
}

function isAlike(one: ProviderError, other: ProviderError): boolean {
  return one.reason === other.reason && JSON.stringify(one.path) === JSON.stringify(other.path);
}

function blankOr(error: ProviderError, { input }: Given): ProviderError {
  const { code, reason, path = [] } = error;
  const isOfValue = code === 'NOT_FOUND' || (code === 'INVALID_INPUT' && reason !== 'CONTRADICTORY');
  if (!isOfValue || reason === 'BLANK' || !isBlank(valueAt(input, path))) return error;
  return error.with({ code: 'INVALID_INPUT', reason: 'BLANK' });
}

const OF_STATE = ['ALREADY_DONE', 'WRONG_STATE'];

function named(error: ProviderError, { ids: [only, ...more] }: Given): ProviderError {
  const { code, reason, path } = error;
  const isOfThing = reason === undefined ? code === 'NOT_FOUND' : OF_STATE.includes(reason);
  return isOfThing && path === undefined && only && more.length === 0 ? error.with({ path: only }) : error;
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

/** What stands at a place; undefined where there is nothing. */
export function valueAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  const entry = Object.entries(Object(value) as object).find(([name]) => name === step);
  return valueAt(entry?.[1], rest);
}
