import { safeboxSimulator } from '../../../src/simulators/safebox/simulator.js';
import { z } from 'zod';
import { HEAD, type Scene } from './scene.js';

const GUEST = 'guest@ext.example';
const PATH = ['0', '1', '2', '3', 'gone'] as const;
/** After so long every SafeBox has closed and its content is deleted. */
const ALL_OVER_MS = 60 * 86_400_000;

const SIGN_IN = `mutation {
  signInToSafeBox(input: { username: "ada", password: "ada-demo-password" }) { problem { code } }
}`;
const event = z.object({ safeBox: z.object({ status: z.string(), unreadCount: z.number() }) });

/** SafeBoxes of one account in which a guest replies, until their content is deleted. */
export async function safeboxScene(dir: string): Promise<Scene> {
  const simulator = await safeboxSimulator.start({ dir, stepMs: 0 });
  const intervalMs = 1_000;
  return {
    name: 'safebox',
    simulator,
    settings: { SAFEBOX_POLL_INTERVAL_MS: String(intervalMs) },
    intervalMs,
    subscription: `subscription ($id: ID!, $after: String) {
      changed: safeBoxChanged(id: $id, after: $after) { ${HEAD} safeBox { status unreadCount } }
    }`,
    told(value) {
      const { status, unreadCount } = event.parse(value).safeBox;
      return new Map([['box', status === 'CONTENT_DELETED' ? 'gone' : String(unreadCount)]]);
    },
    async make(count, ask) {
      await ask(SIGN_IN, {}, 'anna');
      return simulator.control
        .createBoxes({ count, email: GUEST })
        .map((id) => ({ id, caller: 'anna', variables: { id }, parts: [{ name: 'box', path: PATH }] }));
    },
    move: ({ id: guid }) => simulator.control.guest({ guid, email: GUEST, act: 'reply' }),
    end: () => simulator.control.advanceClock({ ms: ALL_OVER_MS }),
  };
}
