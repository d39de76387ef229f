import { createHash } from 'node:crypto';
import { canonicalJson } from '../live/canonical-json.js';
import type { Json } from '../live/ports.js';
import { invalidInput } from '../provider-error.js';

/** Most entries one page may hold. */
export const MAX_PAGE_SIZE = 100;

/** Which part of a list a caller wants. */
export interface PageArguments {
  /** How many entries. */
  readonly first: number;
  /** The cursor behind which they are; left out, null or empty: from the beginning. */
  readonly after?: string | null | undefined;
}

/** The cursors of one list: opaque to clients, and good for this list alone. */
export interface ListCursors {
  /** @param place which entry it stands at, in words of whoever pages */
  readonly at: (place: string) => string;
  /**
   * What a cursor stands at, by the groups of a pattern for such words.
   * @throws ProviderError INVALID_INPUT naming `after`, for a cursor of another list, or none
   */
  readonly placeOf: (cursor: string, pattern: RegExp) => readonly string[];
}

/**
 * @param name of what is listed
 * @param filter which of them: the same things chosen otherwise are another list
 */
export function listCursors(name: string, filter: Json): ListCursors {
  const hash = createHash('sha256')
    .update(canonicalJson([name, filter]))
    .digest('base64url');
  const list = `${hash.slice(0, 12)} `;
  const at = (place: string): string => Buffer.from(`${list}${place}`).toString('base64url');
  return {
    at,
    placeOf(cursor, pattern) {
      const place = Buffer.from(cursor, 'base64url').toString().slice(list.length);
      const [, ...words] = pattern.exec(place) ?? [];
      if (words.length > 0 && at(place) === cursor) return words;
      throw invalidInput(['after'], 'MALFORMED', 'after is not a cursor of this list.');
    },
  };
}

/** @throws ProviderError INVALID_INPUT naming `first` */
export function requirePageSize(first: number): void {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_PAGE_SIZE) return;
  throw invalidInput(['first'], 'OUT_OF_RANGE', `first must be a whole number from 1 to ${MAX_PAGE_SIZE}.`);
}
