import type { Json } from '../live/ports.js';
import type { RecordStore, StoredRecord } from '../store/record-store.js';
import { listCursors, requirePageSize } from './list-cursors.js';
import type { PageArguments } from './list-cursors.js';
import type { PageInfo } from './page-info.type.js';

// Enough for sparse filters, and an end to what one request can cost.
const MAX_RECORDS_READ = 2_000;
const SPARSE_BATCH = 100;

export interface RecordPage<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
}

/** Records, and which of them are listed. */
export interface RecordList extends PageArguments {
  readonly collection: string;
  readonly owner: string;
  /** Tells this list from others of the same records; `toNodes` goes by it. */
  readonly filter: Json;
}

/**
 * One page of a collection of records, newest first, of those that `toNodes` keeps (it answers null for the others).
 * @throws ProviderError INVALID_INPUT for a page size out of range or a cursor that is none
 */
export async function pageOfRecords<Node>(
  records: RecordStore,
  { collection, owner, filter, first, after }: RecordList,
  toNodes: (batch: readonly StoredRecord[]) => Promise<readonly (Node | null)[]>,
): Promise<RecordPage<Node>> {
  requirePageSize(first);
  const cursors = listCursors(collection, filter);
  const edges: { cursor: string; node: Node }[] = [];
  let position = after ? positionOf(cursors.placeOf(after, PLACE)) : undefined;
  let more = true;
  // Most lists keep every record: the page, and one more that tells whether there is a next page.
  let limit = first + 1;
  for (let read = 0; more && edges.length <= first && read < MAX_RECORDS_READ; read += limit) {
    if (read > 0) limit = SPARSE_BATCH;
    const page = await records.list(collection, owner, { limit, ...(position && { after: position }) });
    const nodes = await toNodes(page.records);
    page.records.forEach((record, index) => {
      const node = nodes[index];
      if (node) edges.push({ cursor: cursors.at(placeOf(record)), node });
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
      endCursor: stoppedEarly && position ? cursors.at(placeOf(position)) : (shown.at(-1)?.cursor ?? null),
    },
  };
}

interface Position {
  readonly createdAt: number;
  readonly id: string;
}

function placeOf({ createdAt, id }: Position): string {
  return `${createdAt} ${id}`;
}

const PLACE = /^(\d{1,16}) (.+)$/s;

function positionOf([createdAt, id = '']: readonly string[]): Position {
  return { createdAt: Number(createdAt), id };
}
