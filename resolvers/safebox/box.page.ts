import { invalidInput } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/safebox/access.js';
import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import { BoxSections } from './box-sections.js';
import { SafeBox } from './box.type.js';
import type { SafeBoxConnection } from './box.type.js';
import { toWireWord } from './enums.js';

/** Most entries one page may hold: what the provider gives by itself. */
export const MAX_PAGE_SIZE = 100;

export interface BoxPageRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly status?: readonly string[] | null | undefined;
  readonly search?: string | null | undefined;
}

/** One page of the list, in one call; two when the cursor is of another page size. */
export async function boxPage(
  client: SafeboxClient,
  access: Access,
  { first, after, status, search }: BoxPageRequest,
): Promise<SafeBoxConnection> {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE_SIZE) {
    throw invalidInput(['first'], 'OUT_OF_RANGE', `first must be a whole number from 1 to ${MAX_PAGE_SIZE}.`);
  }
  const offset = after ? fromCursor(after) : 0;
  const filter = { status: (status ?? []).map((name) => toWireWord(name)), search: search ?? null };
  const page = Math.floor(offset / first) + 1;
  const skipped = offset % first;
  const answer = await client.boxes.list(access, filter, first, page);
  const more =
    skipped > 0 && answer.nextPageUrl !== null
      ? (await client.boxes.list(access, filter, first, page + 1)).boxes
      : [];
  const boxes = [...answer.boxes, ...more].slice(skipped, skipped + first);
  const edges = boxes.map((box, index) => ({
    cursor: toCursor(offset + index + 1),
    node: new SafeBox(box, new BoxSections(client.boxes, access, box.id)),
  }));
  return {
    edges,
    totalCount: answer.count,
    pageInfo: {
      hasNextPage: offset + edges.length < answer.count && edges.length > 0,
      hasPreviousPage: offset > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

// The provider counts pages, so a place in the list is a number.
function toCursor(offset: number): string {
  return Buffer.from(`box:${offset}`).toString('base64url');
}

function fromCursor(cursor: string): number {
  const [, digits] = /^box:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (digits === undefined) throw invalidInput(['after'], 'MALFORMED', 'after is not a cursor of this list.');
  return Number(digits);
}
