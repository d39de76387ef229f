import type { WatchKind } from '../../live/watch-kind.js';
import type { AcmeClient } from './provider.js';

/** Where a request stands. A type, not an interface, so that it counts as JSON. */
export type RequestState = { readonly status: string };
export type RequestChange = { readonly from: string | null; readonly to: string };

const FINAL: ReadonlySet<string> = new Set(['APPROVED', 'DENIED', 'EXPIRED']);

/** One request, by its id, until somebody has answered it or its time is over. */
export const requestWatch: WatchKind<string, RequestState, AcmeClient> = {
  name: 'acme.request',
  provider: 'acme',
  read: (client, ids) =>
    Promise.all(ids.map(async (id) => ({ state: { status: (await client.get(id)).status } }))),
  merge: (previous, observed) => (previous && FINAL.has(previous.status) ? previous : observed),
  isTerminal: ({ status }) => FINAL.has(status),
  pollDelayMs: () => 1_000,
  describe: (previous, next): readonly RequestChange[] =>
    previous?.status === next.status ? [] : [{ from: previous?.status ?? null, to: next.status }],
};
