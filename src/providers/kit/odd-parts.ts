import type { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { WireSource } from './wire-source.js';

type Issues = readonly z.core.$ZodIssue[];

/** Deeper than any answer that is known. */
const MAX_ROUNDS = 12;

/**
 * Leaves out of an answer what is wrong, as far as it may be missing: an odd date in one of a thousand things costs that
 * date alone. What must be there stays wrong.
 * @returns undefined when the answer cannot be understood without the parts at fault
 */
export function withoutOddParts<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  issues: Issues,
): { readonly data: z.infer<Schema> } | undefined {
  const repaired: unknown = structuredClone(data);
  let found = issues;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (!found.every(({ path }) => leaveOut(repaired, path))) return undefined;
    const result = schema.safeParse(repaired);
    if (result.success) return result;
    found = result.error.issues;
  }
  return undefined;
}

/**
 * Removes the part at the path or, where that is missing already, the one it is part of. Never a list nor an item of one:
 * a shorter list would say that something does not exist.
 * @returns whether something was removed
 */
function leaveOut(root: unknown, path: readonly PropertyKey[]): boolean {
  const [name, ...outer] = path.toReversed();
  if (typeof name !== 'string') return false;
  const parent = outer.reduceRight<unknown>((value, key) => (isObject(value) ? value[key] : undefined), root);
  if (!isObject(parent) || !Object.hasOwn(parent, name)) return leaveOut(root, path.slice(0, -1));
  return !Array.isArray(parent[name]) && delete parent[name];
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
