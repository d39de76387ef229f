import { invalidInput } from '../provider-error.js';
import type { RecordStore, StoredRecord } from '../store/record-store.js';
import type { PageInfo } from './page-info.type.js';

/** Most entries one page may hold. */
export const MAX_PAGE_SIZE = 100;
// Enough for sparse filters, and an end to what one request can cost.
const MAX_RECORDS_READ = 2_000;
const SPARSE_BATCH = 100;

export interface RecordPage<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
}

/**
 * One page of a collection of records, newest first, of those that `toNodes` keeps (it answers null for the others).
 * @throws ProviderError INVALID_INPUT for a page size out of range or a cursor that is none
 */
export async function pageOfRecords<Node>(
  records: RecordStore,
  {
    collection,
    owner,
    first,
    after,
  }: { collection: string; owner: string; first: number; after?: string | null | undefined },
  toNodes: (batch: readonly StoredRecord[]) => Promise<readonly (Node | null)[]>,
): Promise<RecordPage<Node>> {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE_SIZE) {
    throw invalidInput(['first'], 'OUT_OF_RANGE', `first must be a whole number from 1 to ${MAX_PAGE_SIZE}.`);
  }
  const edges: { cursor: string; node: Node }[] = [];
  let position = after ? fromPageCursor(after) : undefined;
  let more = true;
  // Most lists keep every record: the page, and one more that tells whether there is a next page.
  let limit = first + 1;
  for (let read = 0; more && edges.length <= first && read < MAX_RECORDS_READ; read += limit) {
    if (read > 0) limit = SPARSE_BATCH;
    const page = await records.list(collection, owner, { limit, ...(position && { after: position }) });
    const nodes = await toNodes(page.records);
    page.records.forEach((record, index) => {
      const node = nodes[index];
      if (node) edges.push({ cursor: toPageCursor(record), node });
    });
    const last = page.records.at(-1);
    if (last) position = { createdAt: last.createdAt, id: last.id };
    more = page.hasMore;
  }
  const shown = edges.slice(0, first);
  // Where reading stopped early without filling the page, the page after it may still hold some.
  const stoppedEarly = more && edges.length <= first;
  return {
    edges: shown,
    pageInfo: {
      hasNextPage: edges.length > first || stoppedEarly,
      hasPreviousPage: Boolean(after),
      startCursor: shown[0]?.cursor ?? null,
      endCursor: stoppedEarly && position ? toPageCursor(position) : (shown.at(-1)?.cursor ?? null),
    },
  };
}

function toPageCursor({ createdAt, id }: { createdAt: number; id: string }): string {
  return Buffer.from(`${createdAt}:${id}`).toString('base64url');
}

function fromPageCursor(cursor: string): { createdAt: number; id: string } {
  const match = /^(\d{1,16}):(.+)$/s.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match?.[1] || !match[2])
    throw invalidInput(['after'], 'MALFORMED', 'after is not a cursor of this list.');
  return { createdAt: Number(match[1]), id: match[2] };
}
