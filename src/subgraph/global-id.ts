import { z } from 'zod';

const named = z.array(z.string()).min(2);

/**
 * An id that no other object of the graph has, of whatever type: for caches. Opaque to clients.
 * @param names what tells it from others of its type, the widest first, its own id at the provider last
 */
export function globalId(type: string, ...names: readonly string[]): string {
  return Buffer.from(JSON.stringify([type, ...names])).toString('base64url');
}

/** Of which type an id is; null for a text that is none. */
export function typeOfId(id: string): string | null {
  const parsed = named.safeParse(parsedJson(Buffer.from(id, 'base64url').toString()));
  const [type = ''] = parsed.data ?? [];
  return namesIn(type, id) ? type : null;
}

/** What stands in an id of that type; null for any other text. */
export function namesIn(type: string, id: string): readonly string[] | null {
  const parsed = named.safeParse(parsedJson(Buffer.from(id, 'base64url').toString()));
  if (!parsed.success) return null;
  const [of, ...names] = parsed.data;
  return of === type && globalId(type, ...names) === id ? names : null;
}

/**
 * The id at the provider of what a caller names, by its `id` in the graph or by the provider's own.
 * @param within what it has to stand in, as given to `globalId`; an id of elsewhere is handed on and so unknown
 */
export function providerId(type: string, given: string, ...within: readonly string[]): string {
  const names = namesIn(type, given);
  const own = names?.at(-1);
  return own !== undefined && within.every((name, index) => names?.[index] === name) ? own : given;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
