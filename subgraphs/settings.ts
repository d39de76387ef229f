import type { ProviderSettings } from '../src/config/provider-settings.js';
import { guardcryptoSettings } from '../src/providers/guardcrypto/settings.js';
import { messaging2faSettings } from '../src/providers/messaging2fa/settings.js';
import { safeboxSettings } from '../src/providers/safebox/settings.js';
import { vipidentitySettings } from '../src/providers/vipidentity/settings.js';
import { xqkeysSettings } from '../src/providers/xqkeys/settings.js';

/**
 * The settings of every subgraph, in the order of `index.ts`, without the subgraphs: a start reads the configuration,
 * and begins what takes long, before it loads them.
 */
export const subgraphSettings: readonly ProviderSettings[] = [
  { name: 'guardcrypto', shape: guardcryptoSettings },
  { name: 'messaging2fa', shape: messaging2faSettings },
  { name: 'safebox', shape: safeboxSettings },
  { name: 'vipidentity', shape: vipidentitySettings },
  { name: 'xqkeys', shape: xqkeysSettings },
];
