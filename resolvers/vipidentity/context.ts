import type { VipClient } from '../../src/providers/vipidentity/client.js';
import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { PushService } from './push.service.js';
import type { UserService } from './user.service.js';

export interface VipServices {
  readonly client: VipClient;
  readonly users: UserService;
  readonly pushes: PushService;
}

export type VipContext = SubgraphContext<VipServices>;

export const READ = 'vipidentity:read';
export const WRITE = 'vipidentity:write';
/** Proving users: codes, pushes and risk. */
export const AUTHENTICATE = 'vipidentity:authenticate';
/** Being told codes that the provider makes. */
export const SECRETS = 'vipidentity:secrets';
