import { z } from 'zod';
import { vipidentitySimulator } from '../../../src/simulators/vipidentity/simulator.js';
import { makeMany } from './make-many.js';
import { HEAD, type Scene } from './scene.js';

const USER = 'cid+pending@example.com';
const ENDS = { APPROVED: '7000', DENIED: '7002' } as const;
const PATHS = [
  ['PENDING', 'APPROVED'],
  ['PENDING', 'DENIED'],
] as const;

const PUSH = `mutation ($user: ID!) {
  pushVipUser(input: { userId: $user, timeoutSeconds: 300, intervalSeconds: 2 }) {
    vipPush { transactionId }
    problem { code }
  }
}`;
const sent = z.object({ pushVipUser: z.object({ vipPush: z.object({ transactionId: z.string() }) }) });
const event = z.object({ vipPush: z.object({ state: z.string() }) });

/** Pushes, whose end can be read as often as one likes: one that is told once alone may be lost with whoever was told. */
export async function vipidentityScene(dir: string): Promise<Scene> {
  const simulator = await vipidentitySimulator.start({ dir, stepMs: 0 });
  simulator.control.configure({ consumePushes: false });
  return {
    name: 'vipidentity',
    simulator,
    intervalMs: 2_000,
    readOperation: 'pollPushStatus',
    subscription: `subscription ($transactionId: ID!, $after: String) {
      changed: vipPushChanged(transactionId: $transactionId, after: $after) { ${HEAD} vipPush { state } }
    }`,
    told: (value) => new Map([['push', event.parse(value).vipPush.state]]),
    make: (count, ask, dice) =>
      makeMany(count, async () => {
        const { transactionId: id } = sent.parse(await ask(PUSH, { user: USER }, 'anna')).pushVipUser.vipPush;
        const parts = [{ name: 'push', path: dice.pick(PATHS) }];
        return { id, caller: 'anna', variables: { transactionId: id }, parts };
      }),
    move({ id: transactionId }, _part, status) {
      if (status === 'APPROVED' || status === 'DENIED')
        simulator.control.endPush({ transactionId, status: ENDS[status] });
    },
  };
}
