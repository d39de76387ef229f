import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import type { Sessions } from './sessions.js';
import type { RecordStore } from '../../src/store/record-store.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { Idempotency } from '../../src/subgraph/idempotency.js';
import type { AccessService } from './access.service.js';
import type { BoxService } from './box.service.js';
import type { ContentService } from './content.service.js';
import type { Drafts } from './drafts.js';
import type { FileService } from './file.service.js';

export interface SafeboxServices {
  readonly client: SafeboxClient;
  readonly sessions: Sessions;
  readonly accesses: AccessService;
  readonly boxes: BoxService;
  readonly drafts: Drafts;
  readonly files: FileService;
  readonly content: ContentService;
  readonly records: RecordStore;
  readonly idempotency: Idempotency;
}

export type SafeboxContext = SubgraphContext<SafeboxServices>;
