import { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { WireSource } from './wire-source.js';

type Issues = readonly z.core.$ZodIssue[];

/** Deeper than any answer that is known. */
const MAX_ROUNDS = 16;

const parts = new WeakSet<readonly unknown[]>();

/**
 * A list of which a thing that cannot be understood is left out, as long as another can. Whoever concludes from such a
 * list that something is not there asks `isWhole` first.
 */
export function readable<Item extends z.ZodType>(item: Item) {
  return paged(item).transform((things): readonly z.output<Item>[] => {
    const understood = things.filter((thing) => thing !== undefined);
    if (understood.length < things.length) parts.add(understood);
    return understood;
  });
}

/** The same for a page: what cannot be understood is undefined and keeps its place, so that a full page stays full. */
export function paged<Item extends z.ZodType>(item: Item) {
  return z
    .array(item.optional())
    .refine((things) => things.length === 0 || things.some((thing) => thing !== undefined));
}

/** Whether everything that the provider has listed is in the list. */
export function isWhole(list: readonly unknown[]): boolean {
  return !parts.has(list);
}

/**
 * Leaves out of an answer what is wrong, as far as it may be missing: an odd date in one of a thousand things costs that
 * date alone. What must be there stays wrong, unless the whole thing may be left out of its list.
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
    if (!found.every((issue) => leaveOut(repaired, issue.path, mayListGo(issue)))) return undefined;
    const result = schema.safeParse(repaired);
    if (result.success) return result;
    found = result.error.issues;
  }
  return undefined;
}

/**
 * Removes the part at the path or, where that is missing already, the one it is part of. Of a list no item is removed, for
 * a shorter list would say that something does not exist: an item becomes undefined, which `readable` lists take, and
 * where that is refused, the item of the list further out.
 * @returns whether something was removed
 */
function leaveOut(root: unknown, path: readonly PropertyKey[], mayBeList: boolean): boolean {
  const name = path.at(-1);
  if (name === undefined) return false;
  const outer = path.slice(0, -1);
  const parent = valueAt(root, outer);
  // What it was part of has been left out for something else.
  if (parent === undefined && isLeftOut(root, outer)) return true;
  if (typeof name === 'number') return leaveOutItem(root, path);
  if (!isObject(parent) || !Object.hasOwn(parent, name)) return leaveOut(root, outer, false);
  if (Array.isArray(parent[name]) && !mayBeList) return leaveOutItem(root, outer);
  return delete parent[name];
}

/** The innermost item on the path that is still there. */
function leaveOutItem(root: unknown, path: readonly PropertyKey[]): boolean {
  const at = path.findLastIndex((name) => typeof name === 'number');
  if (at < 0) return false;
  const list = valueAt(root, path.slice(0, at));
  const index = Number(path[at]);
  if (!Array.isArray(list) || list[index] === undefined) return leaveOutItem(root, path.slice(0, at));
  list[index] = undefined;
  return true;
}

function isLeftOut(root: unknown, path: readonly PropertyKey[]): boolean {
  return path.some((name, at) => {
    const list = valueAt(root, path.slice(0, at));
    return typeof name === 'number' && Array.isArray(list) && name in list && list[name] === undefined;
  });
}

/** Where there is one thing only, some wires have it in the place of the list. */
function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, name) => {
    if (!isObject(value)) return undefined;
    return name === 0 && !Array.isArray(value) ? value : value[name];
  }, root);
}

/** Whether a list at that place may be missing: none is meant there, or nothing in it can be understood. */
function mayListGo(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'custom' || isOfWrongType(issue);
}

/** Whether nothing of this sort is meant here, whatever is in it. */
function isOfWrongType(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'invalid_union')
    return issue.errors.every((branch) => branch.some((one) => one.path.length === 0 && isOfWrongType(one)));
  return issue.code === 'invalid_type';
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
