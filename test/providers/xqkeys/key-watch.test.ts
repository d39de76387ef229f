import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyWatch } from '../../../src/providers/xqkeys/key-watch.js';
import type { KeyState } from '../../../src/providers/xqkeys/key-watch.js';

const watch = keyWatch(1_000);
const known: KeyState = { status: 'AVAILABLE', expiresAt: null, accessChanges: 3 };

test('how often access has changed never goes back, whatever is read after a deletion', () => {
  const merged = watch.merge(known, { ...known, accessChanges: 0 });
  assert.equal(merged.accessChanges, 3);
  assert.deepEqual(watch.describe(known, merged), []);
  const granted = watch.merge(merged, { ...known, accessChanges: 4 });
  assert.deepEqual(watch.describe(merged, granted), [{ kind: 'ACCESS', from: 'AVAILABLE', to: 'AVAILABLE' }]);
});

test('when a key ends is told once it is known, and does not wander with the seconds of the provider', () => {
  const told = watch.merge(known, { ...known, expiresAt: 10_000 });
  assert.deepEqual(watch.describe(known, told), [{ kind: 'EXPIRY', from: 'AVAILABLE', to: 'AVAILABLE' }]);
  assert.deepEqual(watch.describe(told, watch.merge(told, { ...known, expiresAt: 10_400 })), []);
});
