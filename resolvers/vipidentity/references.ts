import type { ReferenceResolver } from '../../src/subgraph/federate.js';
import type { VipContext } from './context.js';
import { VipPush } from './push.type.js';
import { parseUserId } from './user-ref.js';
import { VipUser } from './user.type.js';

// A key may be all that is known of what is asked for, so everything is read.
const EVERYTHING: ReadonlySet<string> = new Set([
  'credentials',
  'credentials.pushAttributes',
  'credentials.token',
]);

/** Pushes by id, for the gateway; null for somebody else's. */
export const resolveVipPushes: ReferenceResolver<VipContext> = async (
  representations,
  { caller, services },
) => {
  const pushes = await services.pushes.sent.findMany(
    caller,
    representations.map(({ id }) => String(id)),
  );
  return pushes.map((push) => (push ? new VipPush(push) : null));
};

/** Users by account and user id, for the gateway. */
export const resolveVipUsers: ReferenceResolver<VipContext> = (representations, context) =>
  Promise.all(
    representations.map(async ({ id }) => {
      const ref = parseUserId(String(id));
      const user = ref && (await context.services.users.find(ref, EVERYTHING, context));
      return ref && user && new VipUser(ref, user);
    }),
  );
