import type { Clock } from '../../src/clock.js';
import type { XqkeysClient } from '../../src/providers/xqkeys/client.js';
import type { RecordStore } from '../../src/store/record-store.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { Authorizations } from './authorizations.js';
import type { KeyFetch } from './key-fetch.js';
import type { KeyMaker } from './key-maker.js';
import type { KeyService } from './key.service.js';
import type { KeyWatches } from './key-watches.js';
import type { SessionWatch } from './session-watch.js';
import type { Sessions } from './sessions.js';

/** Scopes of this subgraph. */
export const READ = 'xqkeys:read';
export const WRITE = 'xqkeys:write';
/** Key material itself. */
export const KEYS = 'xqkeys:keys';
/** Opening texts with keys that stay here. */
export const OPEN = 'xqkeys:open';
/** Tokens of the provider. */
export const TOKEN = 'xqkeys:token';
/** Signing in as a device of the team, and making certificates for that. */
export const DEVICE = 'xqkeys:device';

export interface XqkeysServices {
  readonly client: XqkeysClient;
  readonly sessions: Sessions;
  readonly sessionWatch: SessionWatch;
  readonly authorizations: Authorizations;
  readonly maker: KeyMaker;
  readonly keys: KeyService;
  readonly keyWatches: KeyWatches;
  readonly fetched: KeyFetch;
  readonly records: RecordStore;
  readonly clock: Clock;
}

export type XqkeysContext = SubgraphContext<XqkeysServices>;
