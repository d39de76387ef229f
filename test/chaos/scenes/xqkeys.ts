import { z } from 'zod';
import { xqkeysSimulator } from '../../../src/simulators/xqkeys/simulator.js';
import { HEAD, type Ask, type Scene } from './scene.js';

const PATH = ['AVAILABLE', 'REVOKED'] as const;
const ACCESS = `mutation { requestXqAccess(input: { user: "ana@example.com" }) { authorization { id } problem { code } } }`;
const CONFIRM = `mutation ($id: ID!) { confirmXqAccess(input: { authorizationId: $id, pin: "123456" }) { problem { code } } }`;
const EXCHANGE = `mutation ($id: ID!) { exchangeXqAccess(input: { authorizationId: $id }) { problem { code } } }`;
const requested = z.object({
  requestXqAccess: z.object({ authorization: z.object({ id: z.string() }) }),
});
const event = z.object({ xqKey: z.object({ status: z.string() }) });

/** Keys of one person, which are revoked elsewhere. */
export async function xqkeysScene(dir: string): Promise<Scene> {
  const simulator = await xqkeysSimulator.start({ dir, stepMs: 0 });
  const intervalMs = 1_000;
  let isSignedIn = false;
  return {
    name: 'xqkeys',
    simulator,
    settings: { XQKEYS_POLL_INTERVAL_MS: String(intervalMs) },
    intervalMs,
    subscription: `subscription ($locator: ID!, $after: String) {
      changed: xqKeyChanged(locator: $locator, after: $after) { ${HEAD} xqKey { status } }
    }`,
    told: (value) => new Map([['key', event.parse(value).xqKey.status]]),
    async make(count, ask) {
      if (!isSignedIn) await signIn(ask);
      isSignedIn = true;
      return simulator.control.createKeys({ count }).map((id) => ({
        ...{ id, caller: 'anna', variables: { locator: id } },
        parts: [{ name: 'key', path: PATH }],
      }));
    },
    move: ({ id: locator }) => simulator.control.revokeKey({ locator }),
    reads(method, path) {
      const [, locator] = /\/expiration\/([^/?]+)/.exec(path) ?? [];
      return method === 'GET' ? locator : undefined;
    },
  };
}

async function signIn(ask: Ask): Promise<void> {
  const { id } = requested.parse(await ask(ACCESS, {}, 'anna')).requestXqAccess.authorization;
  await ask(CONFIRM, { id }, 'anna');
  await ask(EXCHANGE, { id }, 'anna');
}
