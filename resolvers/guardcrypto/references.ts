import { ProviderError } from '../../src/provider-error.js';
import { foundById } from '../../src/subgraph/found-by-id.js';
import type { GuardContext } from './context.js';
import { toKeyRings } from './key.type.js';

/** Key rings by id, for the gateway: one call for all; null for those that are not the caller's. */
export const resolveGuardKeyRings = foundById('GuardKeyRing', async (names, context: GuardContext) => {
  const { services } = context;
  const access = await services.sessions.access(context).catch((error: unknown) => {
    if (error instanceof ProviderError && error.code === 'SIGN_IN_REQUIRED') return undefined;
    throw error;
  });
  if (!access) return names.map(() => null);
  const rings = toKeyRings(await services.client.keys.rings(access));
  return names.map(([keyId]) => rings.find((ring) => ring.keyId === keyId) ?? null);
});
