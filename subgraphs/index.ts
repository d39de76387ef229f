// Decorators need it before the first decorated class is loaded.
import 'reflect-metadata';
import type { SubgraphModule } from '../src/subgraph/define-subgraph.js';
import { guardcrypto } from './guardcrypto.js';
import { messaging2fa } from './messaging2fa.js';
import { safebox } from './safebox.js';
import { vipidentity } from './vipidentity.js';
import { xqkeys } from './xqkeys.js';

/** Every subgraph of the graph. A new provider adds its line here. */
export const subgraphs: readonly SubgraphModule[] = [guardcrypto, messaging2fa, safebox, vipidentity, xqkeys];
