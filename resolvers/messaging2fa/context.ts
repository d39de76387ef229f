import type { Messaging2faClient } from '../../src/providers/messaging2fa/client.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { MessageService } from './message.service.js';

/** Scopes of this subgraph. */
export const READ = 'messaging2fa:read';
export const WRITE = 'messaging2fa:write';

export interface Messaging2faServices {
  readonly client: Messaging2faClient;
  readonly messages: MessageService;
}

export type Messaging2faContext = SubgraphContext<Messaging2faServices>;
