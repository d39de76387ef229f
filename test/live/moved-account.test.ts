import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLive } from '../../src/live/engine.js';
import { OWNER } from './conformance/watches.js';
import { liveWorld } from './live-world.js';
import { ScriptedProvider } from './conformance/scripted-provider.js';

test('what is watched at one account is never looked for at another, and ends when its time is over', async (t) => {
  const world = liveWorld(t);
  const { clock, kind } = world;
  const open = { status: 'open', count: 0 };
  const timed = await world.watch('timed', { deadlineInMs: 600_000, first: open });
  const endless = await world.watch('endless', { first: open });
  const own = new ScriptedProvider();
  const moved = createLive({ ...world, random: () => 0.5 });
  t.after(() => moved.close());
  moved.register(kind, own, OWNER.tenant);
  await moved.startPolling([kind.provider]);
  await clock.advance(599_000);
  assert.equal((await moved.current(timed.id))?.terminal, false);
  await clock.advance(60_000);
  const last = await moved.current(timed.id);
  assert.deepEqual([last?.terminal, last?.endReason, last?.state], [true, 'CREDENTIAL_EXPIRED', open]);
  assert.equal((await moved.current(endless.id))?.terminal, false);
  assert.equal(own.reads.length, 0);

  const again = await moved.watch({ kind, owner: OWNER, key: 'timed' });
  assert.notEqual(again.id, timed.id);
  assert.equal(again.id, moved.idOf(kind, OWNER, 'timed'));
  await clock.advance(60_000);
  assert.ok(own.reads.length > 0);
  assert.equal(world.live.idOf(kind, OWNER, 'timed'), timed.id);
});
