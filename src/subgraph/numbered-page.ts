import type { Json } from '../live/ports.js';
import { listCursors, requirePageSize } from './list-cursors.js';
import type { PageArguments } from './list-cursors.js';
import type { RecordPage } from './record-page.js';

export interface NumberedList<Item> {
  /** Tells its cursors from those of other lists, together with `filter`. */
  readonly name: string;
  /** Which entries `read` asks for. */
  readonly filter: Json;
  /** One page, counted from 0, of that many entries. */
  readonly read: (page: number, size: number) => Promise<NumberedPage<Item>>;
  /** What tells an entry from others: a page shows what its provider lists twice once, in its first place. */
  readonly idOf: (item: Item) => unknown;
}

export interface NumberedPage<Item> {
  /** Undefined in the place of one that could not be understood: it counts, and is not shown. */
  readonly items: readonly (Item | undefined)[];
  /** How many there are on all pages; undefined where the provider does not say. */
  readonly totalCount?: number;
}

/**
 * A page behind a cursor of a list that its provider pages by number: one call, two when the cursor is of another page
 * size. Where the provider does not say how many there are, a page that is full is taken to have one behind it.
 * @throws ProviderError INVALID_INPUT for a page size out of range or a cursor that is none
 */
export async function pageByNumber<Item, Node>(
  { name, filter, read, idOf }: NumberedList<Item>,
  { first, after }: PageArguments,
  toNode: (item: Item) => Node,
): Promise<RecordPage<Node> & { readonly totalCount: number | undefined }> {
  requirePageSize(first);
  const cursors = listCursors(name, filter);
  // The provider counts pages, so a place in the list is a number.
  const offset = after ? Number(cursors.placeOf(after, /^(\d{1,9})$/)[0]) : 0;
  const page = Math.floor(offset / first);
  const skipped = offset % first;
  const { items, totalCount } = await read(page, first);
  const isFull = items.length >= first;
  const more = skipped > 0 && isFull ? (await read(page + 1, first)).items : [];
  const shown = [...items, ...more].slice(skipped, skipped + first);
  const known = new Set<unknown>();
  const edges = shown.flatMap((item, index) => {
    if (item === undefined || known.has(idOf(item))) return [];
    known.add(idOf(item));
    return [{ cursor: cursors.at(String(offset + index + 1)), node: toNode(item) }];
  });
  const isFollowed =
    totalCount === undefined
      ? shown.length === first
      : offset + shown.length < totalCount && shown.length > 0;
  return {
    edges,
    totalCount,
    pageInfo: {
      hasNextPage: isFollowed,
      hasPreviousPage: offset > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
