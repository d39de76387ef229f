import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followOverWebSocket } from '../../support/follow.js';
import { askGraph, control, startSealgraph } from '../../support/sealgraph.js';
import { temporaryDirectory } from '../../support/simulators.js';

const SEND =
  'mutation { sendTwoFactorMessage(input: { recipients: ["bela@example.test"], subject: "kept", idempotencyKey: "k1" }) { twoFactorMessage { id messageId } problem { code } } }';
const CHANGED =
  'subscription ($id: ID!, $after: String) { twoFactorMessageChanged(id: $id, after: $after) { cursor sequence isTerminal twoFactorMessage { subject outcome } } }';

interface Sent {
  readonly sendTwoFactorMessage: {
    readonly twoFactorMessage: { readonly id: string; readonly messageId: string };
  };
}

interface Changed {
  readonly twoFactorMessageChanged: {
    readonly cursor: string;
    readonly sequence: number;
    readonly isTerminal: boolean;
    readonly twoFactorMessage: { readonly subject: string; readonly outcome: string };
  };
}

test('after kill -9 the watch goes on, a cursor resumes without gap, and a repeated send is not sent again', async (t) => {
  const settings = { PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t) };
  const first = startSealgraph(t, ['start'], settings);
  const url = await first.lineAfter('ready');
  const { data } = await askGraph<Sent>(url, SEND);
  const { id, messageId } = data.sendTwoFactorMessage.twoFactorMessage;
  const events = followOverWebSocket<Changed>(url, CHANGED, { id });
  const { value: begin } = (await events.next()) as IteratorYieldResult<{ data: Changed }>;
  await control(await controlUrl(first), 'setStatus', status(messageId, 'DOWNLOADED'));
  const { value: downloaded } = (await events.next()) as IteratorYieldResult<{ data: Changed }>;
  assert.equal(downloaded.data.twoFactorMessageChanged.sequence, 2);
  first.process.kill('SIGKILL');
  await first.exited;
  await assert.rejects(events.next(), 'the socket is gone');

  const second = startSealgraph(t, ['start'], settings);
  const again = await second.lineAfter('ready');
  const repeated = await askGraph<Sent>(again, SEND);
  assert.equal(repeated.data.sendTwoFactorMessage.twoFactorMessage.id, id);
  await control(await controlUrl(second), 'setStatus', status(messageId, 'APPROVED'));
  const seen: Changed['twoFactorMessageChanged'][] = [];
  const after = begin.data.twoFactorMessageChanged.cursor;
  for await (const { data: event } of followOverWebSocket<Changed>(again, CHANGED, { id, after })) {
    seen.push(event.twoFactorMessageChanged);
  }
  assert.deepEqual(
    seen.map(({ sequence }) => sequence),
    [2, 3],
  );
  assert.equal(seen.at(-1)?.isTerminal, true);
  assert.deepEqual(seen.at(-1)?.twoFactorMessage, { subject: 'kept', outcome: 'APPROVED' });
});

async function controlUrl(sealgraph: ReturnType<typeof startSealgraph>): Promise<string> {
  const line = await sealgraph.lineAfter('simulator messaging2fa');
  return line.slice(line.lastIndexOf(' ') + 1);
}

function status(messageId: string, to: string): object {
  return { messageId, userId: 'bela@example.test', status: to };
}
