import { ProviderError } from '../../src/provider-error.js';
import { foundById } from '../../src/subgraph/found-by-id.js';
import type { VipContext } from './context.js';
import { VipPush } from './push.type.js';
import { userRef } from './user-ref.js';
import { VipUser } from './user.type.js';

// A key may be all that is known of what is asked for, so everything is read.
const EVERYTHING: ReadonlySet<string> = new Set([
  'credentials',
  'credentials.pushAttributes',
  'credentials.token',
]);

/** Pushes by id, for the gateway; null for somebody else's. */
export const resolveVipPushes = foundById('VipPush', async (names, { caller, services }: VipContext) => {
  const pushes = await services.pushes.sent.findMany(
    caller,
    names.map(([id = '']) => id),
  );
  return pushes.map((push) => (push ? new VipPush(push) : null));
});

/** Users by account and user id, for the gateway; null for those of an account that is not ours. */
export const resolveVipUsers = foundById('VipUser', (names, context: VipContext) =>
  Promise.all(
    names.map(async ([account = '', userId = '']) => {
      const ref = userRef(userId, account || null);
      try {
        const user = await context.services.users.find(ref, EVERYTHING, context);
        return user && new VipUser(ref, user);
      } catch (error) {
        const isForeign = account !== '' && error instanceof ProviderError && error.code === 'FORBIDDEN';
        if (isForeign) return null;
        throw error;
      }
    }),
  ),
);
