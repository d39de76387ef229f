import type { Clock } from '../../src/clock.js';
import type { Logger } from '../../src/log.js';
import type { GuardClient } from '../../src/providers/guardcrypto/client.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { KeptTokens } from './kept-tokens.js';
import type { LiveService } from './live.service.js';
import type { MailService } from './mail.service.js';
import type { Sessions } from './sessions.js';

export interface GuardServices {
  readonly client: GuardClient;
  readonly sessions: Sessions;
  readonly tokens: KeptTokens;
  readonly live: LiveService;
  readonly mails: MailService;
  readonly clock: Clock;
  readonly logger: Logger;
}

export type GuardContext = SubgraphContext<GuardServices>;
