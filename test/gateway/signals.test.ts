import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGateway } from '../support/gateway/start.js';

// In a file, and so a process, of its own: the runtime registers its handlers once per process.
test('the process alone decides what a signal means: a gateway adds no handlers', async (t) => {
  const count = (): number[] => ['SIGINT', 'SIGTERM', 'exit'].map((event) => process.listenerCount(event));
  const before = count();
  await startGateway(t);
  assert.deepEqual(count(), before);
});
