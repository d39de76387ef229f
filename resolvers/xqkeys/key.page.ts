import { ownerKey } from '../../src/owner.js';
import { pageOfRecords } from '../../src/subgraph/record-page.js';
import type { XqkeysContext } from './context.js';
import { KEY_COLLECTION } from './key-book.js';
import type { KnownKey } from './key.service.js';
import { XqKey } from './key.type.js';
import type { XqKeyConnection } from './key.type.js';

export interface KeyFilter {
  readonly first: number;
  readonly after?: string | undefined;
  readonly status?: string | undefined;
  /** Only those shared with this address, in lower case, and not taken back. */
  readonly recipient?: string | undefined;
}

/** One page of the keys the caller has made, newest first. No upstream call. */
export function keyPage(
  { first, after, status, recipient }: KeyFilter,
  { caller, services }: XqkeysContext,
): Promise<XqKeyConnection> {
  const wanted = (key: KnownKey): boolean =>
    (!status || key.status === status) &&
    (!recipient ||
      (key.record?.grants ?? []).some(
        ({ address, revokedAt }) => address === recipient && revokedAt === null,
      ));
  return pageOfRecords(
    services.records,
    {
      ...{ collection: KEY_COLLECTION, owner: ownerKey(caller), first, after },
      filter: { status: status ?? null, recipient: recipient || null },
    },
    async (batch) => {
      const keys = await services.keys.join(caller, batch);
      return keys.map((key) => (key && wanted(key) ? new XqKey(key) : null));
    },
  );
}
