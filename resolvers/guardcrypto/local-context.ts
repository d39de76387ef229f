import { createLocalCrypto } from '../../src/providers/guardcrypto/local/index.js';
import type { LocalCrypto } from '../../src/providers/guardcrypto/local/index.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { LocalPart, LocalTools } from '../../src/subgraph/define-subgraph.js';
import { LocalUploads } from './local-uploads.js';

/** What the resolvers of local cryptography work with. */
export interface GuardLocal extends LocalPart {
  readonly crypto: LocalCrypto;
  readonly uploads: LocalUploads;
}

export type GuardLocalContext = SubgraphContext<unknown, GuardLocal>;

export function openLocal(tools: LocalTools): GuardLocal {
  const crypto = createLocalCrypto({ clock: tools.clock });
  return { crypto, uploads: new LocalUploads({ ...tools, crypto }), close: () => crypto.close() };
}
