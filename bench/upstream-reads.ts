// Upstream reads of one message while 1 and while 1,000 clients watch it for the same time: they must be equal.
import { setTimeout as sleep } from 'node:timers/promises';
import { connectSubscribers } from './support/subscribers.js';
import { report } from './support/report.js';
import { ask, sendMessage } from './support/ask.js';
import { startApp } from './support/start-app.js';

const WATCHED_MS = 20_000;
const CANCEL = 'mutation ($id: ID!) { cancelTwoFactorMessage(input: { id: $id }) { problem { code } } }';

const app = await startApp();
for (const subscribers of [1, 1_000]) {
  // A fresh message each time: the poll interval grows with the age of a message.
  const id = await sendMessage(app.url, ['nobody.reacts@example.test']);
  const connected = await connectSubscribers(app.url, id, subscribers);
  const before = app.simulator.control.calls()['trackMessage'] ?? 0;
  await sleep(WATCHED_MS);
  const reads = (app.simulator.control.calls()['trackMessage'] ?? 0) - before;
  report('upstream-reads', { subscribers, seconds: WATCHED_MS / 1_000, reads });
  connected.close();
  await ask(app.url, CANCEL, { id });
}
await app.stop();
