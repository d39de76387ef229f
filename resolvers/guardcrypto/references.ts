import { ProviderError } from '../../src/provider-error.js';
import type { ReferenceResolver } from '../../src/subgraph/federate.js';
import type { GuardContext } from './context.js';
import { toKeyRings } from './key.type.js';

/** Key rings by id, for the gateway: one call for all; null for those that are not the caller's. */
export const resolveGuardKeyRings: ReferenceResolver<GuardContext> = async (representations, context) => {
  const { services } = context;
  const access = await services.sessions.access(context).catch((error: unknown) => {
    if (error instanceof ProviderError && error.code === 'SIGN_IN_REQUIRED') return undefined;
    throw error;
  });
  if (!access) return representations.map(() => null);
  const rings = toKeyRings(await services.client.keys.rings(access));
  return representations.map(({ id }) => rings.find((ring) => ring.id === String(id)) ?? null);
};
