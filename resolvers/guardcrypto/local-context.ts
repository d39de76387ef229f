import type { LocalCrypto } from '../../src/providers/guardcrypto/local/index.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { LocalUploads } from './local-uploads.js';

/** What the resolvers of local cryptography work with. */
export interface GuardLocalServices {
  readonly localCrypto: LocalCrypto;
  readonly localUploads: LocalUploads;
}

export type GuardLocalContext = SubgraphContext<GuardLocalServices>;
