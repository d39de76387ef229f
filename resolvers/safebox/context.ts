import type { Clock } from '../../src/clock.js';
import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import type { Inboxes } from '../../src/providers/safebox/inbox.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { Accesses } from './accesses.js';
import type { Begun } from './begun.js';
import type { BoxService } from './box.service.js';
import type { BoxWatches } from './box-watches.js';
import type { ContentService } from './content.service.js';
import type { Drafts } from './drafts.js';
import type { FileService } from './file.service.js';

/** Scopes of this subgraph. */
export const READ = 'safebox:read';
export const WRITE = 'safebox:write';

export interface SafeboxServices {
  readonly client: SafeboxClient;
  readonly clock: Clock;
  readonly accesses: Accesses;
  readonly begun: Begun;
  readonly boxes: BoxService;
  readonly watches: BoxWatches;
  readonly inboxes: Inboxes;
  readonly drafts: Drafts;
  readonly files: FileService;
  readonly content: ContentService;
}

export type SafeboxContext = SubgraphContext<SafeboxServices>;
