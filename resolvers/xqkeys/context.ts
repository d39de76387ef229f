import type { Clock } from '../../src/clock.js';
import type { Live } from '../../src/live/engine.js';
import type { WatchKind } from '../../src/live/watch-kind.js';
import type { XqkeysClient } from '../../src/providers/xqkeys/client.js';
import type { LiveReader } from '../../src/providers/xqkeys/live-reader.js';
import type { SessionKey, SessionState } from '../../src/providers/xqkeys/session-watch.js';
import type { RecordStore } from '../../src/store/record-store.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { Idempotency } from '../../src/subgraph/idempotency.js';
import type { Authorizations } from './authorizations.js';
import type { KeyMaker } from './key-maker.js';
import type { KeyService } from './key.service.js';
import type { SealService } from './seal.service.js';
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
  readonly authorizations: Authorizations;
  readonly maker: KeyMaker;
  readonly keys: KeyService;
  readonly seals: SealService;
  readonly sessionKind: WatchKind<SessionKey, SessionState, LiveReader>;
  readonly live: Live;
  readonly records: RecordStore;
  readonly idempotency: Idempotency;
  readonly clock: Clock;
}

export type XqkeysContext = SubgraphContext<XqkeysServices>;
