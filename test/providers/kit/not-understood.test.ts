import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { logAnswersNotUnderstood } from '../../../src/cli/log-answers-not-understood.js';
import { parseWire } from '../../../src/providers/kit/parse.js';
import { memoryLogger } from '../../support/memory-logger.js';

test('the log says where an answer was not understood, once however often, and nothing of its values', () => {
  const logger = memoryLogger();
  logAnswersNotUnderstood(logger);
  for (let time = 0; time < 100; time++)
    assert.throws(() =>
      parseWire(
        z.object({ pin: z.number() }),
        { pin: 'hush' },
        { provider: 'messaging2fa', operation: 'get_pin', kind: 'read' },
      ),
    );
  assert.deepEqual(
    logger.lines.map(({ facts }) => facts),
    [{ provider: 'messaging2fa', reason: 'get_pin: pin invalid_type', count: 1 }],
  );
});
