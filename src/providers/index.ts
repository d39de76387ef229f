import type { ProviderDefinition } from './kit/define-provider.js';
import { guardcrypto } from './guardcrypto/provider.js';
import { messaging2fa } from './messaging2fa/provider.js';
import { safebox } from './safebox/provider.js';
import { vipidentity } from './vipidentity/provider.js';
import { xqkeys } from './xqkeys/provider.js';

/** Every provider there is. A new one adds its line here; loading this loads no client. */
export const providers: readonly ProviderDefinition[] = [
  guardcrypto,
  messaging2fa,
  safebox,
  vipidentity,
  xqkeys,
];
