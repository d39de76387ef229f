import { z } from 'zod';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import { makeMany } from './make-many.js';
import { HEAD, type Scene } from './scene.js';

const RECIPIENTS = 3;
const PATHS = [
  ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'APPROVED'],
  ['PENDING', 'NOTIFIED', 'DOWNLOADED', 'DENIED'],
  ['PENDING', 'NOT_NOTIFIED', 'DOWNLOADED', 'APPROVED'],
  ['PENDING', 'NOTIFIED', 'FAILED'],
] as const;

const SEND = `mutation ($to: [String!]!) {
  sendTwoFactorMessage(input: { recipients: $to, availabilitySeconds: 3600 }) { twoFactorMessage { id: messageId } problem { code } }
}`;
const sent = z.object({
  sendTwoFactorMessage: z.object({ twoFactorMessage: z.object({ id: z.string() }) }),
});
const event = z.object({
  twoFactorMessage: z.object({ recipients: z.array(z.object({ userId: z.string(), status: z.string() })) }),
});

/** Messages with three recipients each. */
export async function messaging2faScene(dir: string): Promise<Scene> {
  const simulator = await messaging2faSimulator.start({ dir, stepMs: 0 });
  return {
    name: 'messaging2fa',
    simulator,
    intervalMs: 5_000,
    readOperation: 'trackMessage',
    subscription: `subscription ($id: ID!, $after: String) {
      changed: twoFactorMessageChanged(id: $id, after: $after) {
        ${HEAD} twoFactorMessage { recipients { userId status } }
      }
    }`,
    told: (value) =>
      new Map(event.parse(value).twoFactorMessage.recipients.map(({ userId, status }) => [userId, status])),
    make: (count, ask, dice) =>
      makeMany(count, async (number) => {
        const to = Array.from({ length: RECIPIENTS }, (_, at) => `person${number}x${at}@example.test`);
        const { id } = sent.parse(await ask(SEND, { to }, 'anna')).sendTwoFactorMessage.twoFactorMessage;
        const parts = to.map((name) => ({ name, path: dice.pick(PATHS) }));
        return { id, caller: 'anna', variables: { id }, parts };
      }),
    move({ id: messageId }, { name: userId }, status) {
      const found = PATHS.flat().find((one) => one === status);
      if (found) simulator.control.setStatus({ messageId, userId, status: found });
    },
    reads(method, path) {
      const [, encoded] = /\/frontend\/messages\/([^/?]+)$/.exec(path) ?? [];
      return method === 'GET' && encoded !== undefined ? decodeURIComponent(encoded) : undefined;
    },
  };
}
