import type { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { WireSource } from './wire-source.js';

type Issues = readonly z.core.$ZodIssue[];

/** Deeper than any answer that is known. */
const MAX_ROUNDS = 12;

const lists = new WeakMap<z.ZodType, string>();

/**
 * An answer of which one list is for reading only: one of its things that cannot be understood is left out, as long as
 * another can. Not for a list by which anybody judges that
 * something is not there, nor for one that comes in pages: one that is not full would be taken for the last.
 */
export function forReading<Schema extends z.ZodObject>(
  schema: Schema,
  list: keyof Schema['shape'] & string,
): Schema {
  const copy = schema.clone();
  lists.set(copy, list);
  return copy;
}

/**
 * Leaves out of an answer what is wrong, as far as it may be missing: an odd date in one of a thousand things costs that
 * date alone. What must be there stays wrong, unless the whole thing may be left out.
 * @returns undefined when the answer cannot be understood without the parts at fault
 */
export function withoutOddParts<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  issues: Issues,
): { readonly data: z.infer<Schema> } | undefined {
  const repaired: unknown = structuredClone(data);
  const list = lists.get(schema);
  let found = issues;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const beyondRepair = found.filter((issue) => !leaveOut(repaired, issue.path, isOfWrongType(issue)));
    if (!leaveOutThings(repaired, list, beyondRepair)) return undefined;
    const result = schema.safeParse(repaired);
    if (result.success) return result;
    found = result.error.issues;
  }
  return undefined;
}

/**
 * Removes the part at the path or, where that is missing already, the one it is part of. Never a list nor an item of one:
 * a shorter list would say that something does not exist. Only a list in the place of something else may go.
 * @returns whether something was removed
 */
function leaveOut(root: unknown, path: readonly PropertyKey[], isOfWrongType = false): boolean {
  const [name, ...outer] = path.toReversed();
  if (typeof name !== 'string') return false;
  const parent = outer.reduceRight<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
  if (!isObject(parent) || !Object.hasOwn(parent, name)) return leaveOut(root, path.slice(0, -1));
  return (isOfWrongType || !Array.isArray(parent[name])) && delete parent[name];
}

/** Whether nothing of this sort is meant here, whatever is in it. */
function isOfWrongType(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_union')
    return issue.errors.every((branch) => branch.some((one) => one.path.length === 0 && isOfWrongType(one)));
  return issue.code === 'invalid_type';
}

/** @returns whether the issues are all of things in the list, and others stay there */
function leaveOutThings(root: unknown, list: string | undefined, issues: Issues): boolean {
  if (issues.length === 0) return true;
  const things = isObject(root) && list !== undefined ? root[list] : undefined;
  if (!isObject(root) || list === undefined || !Array.isArray(things)) return false;
  if (!issues.every(({ path }) => path[0] === list && typeof path[1] === 'number')) return false;
  const odd = new Set(issues.map(({ path }) => path[1]));
  const rest: unknown[] = things.filter((_thing, index) => !odd.has(index));
  root[list] = rest;
  return rest.length > 0;
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Where something is wrong, for the log. */
export function placesOf(issues: Issues): string {
  const places = issues.map(({ path, code }) => `${path.map(worded).join('.') || '(root)'} ${code}`);
  return [...new Set(places)].slice(0, MAX_PLACES).join(', ');
}

/** A long list that is wrong throughout is wrong in few ways. */
const MAX_PLACES = 20;

/** An answer is asked for again and again; what is odd about it is said once. */
const told = new Set<string>();
const MAX_TOLD = 1_000;

/** A name of the wire. Anything else could be a value: keys by locator, for example. */
function worded(part: PropertyKey): string {
  return /^\w{1,40}$/.test(String(part)) ? String(part) : '*';
}

/** Tells those who run the process of parts that were left out. */
export function tellOnce({ provider, operation }: WireSource, places: string): void {
  const text = `${operation}: left out ${places.replace(/\.\d+\./g, '.*.')}`;
  const key = `${provider} ${text}`;
  if (told.has(key)) return;
  if (told.size >= MAX_TOLD) told.clear();
  told.add(key);
  // Made to be told, not to be thrown: whoever listens hears of it as of any other answer.
  new ProviderError('PROVIDER_PROTOCOL', { provider, cause: new Error(text) });
}
