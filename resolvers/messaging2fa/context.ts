import type { RecordStore } from '../../src/store/record-store.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { Idempotency } from '../../src/subgraph/idempotency.js';
import type { MessageService } from './message.service.js';

export interface Messaging2faServices {
  readonly messages: MessageService;
  readonly records: RecordStore;
  readonly idempotency: Idempotency;
}

export type Messaging2faContext = SubgraphContext<Messaging2faServices>;
