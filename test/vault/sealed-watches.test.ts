import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { openEmbedded } from '../../src/live/embedded/open-embedded.js';
import { parseKeyRing } from '../../src/vault/key-ring.js';
import { sealedWatches } from '../../src/vault/sealed-watches.js';
import { createVault, type Vault } from '../../src/vault/vault.js';
import type { AdapterFactory, AdapterUnderTest } from '../live/conformance/adapter.js';
import { anEvent, aWatch, commitNext } from '../live/conformance/watches.js';
import { testConformance } from '../live/conformance.js';
import { embedded } from '../live/embedded-adapter.js';
import { ManualClock } from '../support/manual-clock.js';
import { memoryLogger } from '../support/memory-logger.js';

const first = keyOf('first', 1);
const second = keyOf('second', 2);

function keyOf(id: string, byte: number): string {
  return `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
}

function vaultOf(...keys: readonly string[]): Vault {
  return createVault(parseKeyRing(keys.join(','), 'VAULT_KEYS'));
}

/** What is stored stays sealed through everything an adapter promises. */
function sealing(factory: AdapterFactory): AdapterFactory {
  const vault = vaultOf(first);
  const over = (adapter: AdapterUnderTest): AdapterUnderTest => ({
    ...adapter,
    store: sealedWatches(adapter.store, vault),
    crash: async () => over(await adapter.crash()),
  });
  return { name: `${factory.name}, sealed`, open: async () => over(await factory.open()) };
}

testConformance(sealing(embedded));

function world(t: TestContext) {
  const clock = new ManualClock();
  const ports = openEmbedded({ path: ':memory:', clock, logger: memoryLogger() });
  t.after(() => ports.close());
  return { clock, store: ports.store };
}

test('what a watch knows of people lies sealed, and is handed out as it was', async (t) => {
  const { clock, store } = world(t);
  const watches = sealedWatches(store, vaultOf(first));
  const spec = aWatch(clock, { key: { to: 'ana@example.com' } });
  await watches.ensure(spec, anEvent({ who: 'ana@example.com' }, { changes: ['ana@example.com'] }));
  const lying = JSON.stringify([await store.read(spec.id, 0), await store.readMany([spec.id])]);
  assert.doesNotMatch(lying, /ana@/);
  const history = await watches.read(spec.id, 0);
  assert.deepEqual(history?.spec, spec);
  assert.deepEqual(history?.latest?.state, { who: 'ana@example.com' });
  assert.deepEqual(history?.since[0]?.changes, ['ana@example.com']);
});

test('the same state is nothing new, whichever key sealed it', async (t) => {
  const { clock, store } = world(t);
  const spec = aWatch(clock);
  await sealedWatches(store, vaultOf(first)).ensure(spec, anEvent({ b: 1, a: 2 }));
  const watches = { store: sealedWatches(store, vaultOf(second, first)) };
  assert.equal((await commitNext(watches, spec.id, { a: 2, b: 1 })).outcome, 'SAME');
  assert.equal((await commitNext(watches, spec.id, { a: 3 })).outcome, 'NEW');
  assert.equal((await commitNext(watches, spec.id, { a: 3 })).outcome, 'SAME');
});

test('what lies there in clear is read, and what follows it is sealed', async (t) => {
  const { clock, store } = world(t);
  const spec = aWatch(clock, { key: 'ana@example.com' });
  await store.ensure(spec, anEvent('ana@example.com'));
  const watches = { store: sealedWatches(store, vaultOf(first)) };
  assert.equal((await commitNext(watches, spec.id, 'ana@example.com')).outcome, 'SAME');
  assert.equal((await commitNext(watches, spec.id, 'bo@example.com')).outcome, 'NEW');
  const states = (await watches.store.read(spec.id, 0))?.since.map(({ state }) => state);
  assert.deepEqual(states, ['ana@example.com', 'bo@example.com']);
  assert.doesNotMatch(JSON.stringify(await store.readMany([spec.id])), /bo@/);
});

test('a watch whose key is lost fails as the store does, and holds up no other', async (t) => {
  const { clock, store } = world(t);
  const lost = aWatch(clock, { key: 'lost', id: 'test.thing~lost' });
  const kept = aWatch(clock, { key: 'kept', id: 'test.thing~kept' });
  await sealedWatches(store, vaultOf(first)).ensure(lost, anEvent('x'));
  const watches = sealedWatches(store, vaultOf(second));
  await watches.ensure(kept, anEvent('y'));
  const asked = [watches.begin(lost.id), watches.beginTurn(lost.id, 1_000), watches.read(lost.id)];
  await Promise.all(asked.map((one) => assert.rejects(one, { code: 'STORE_UNAVAILABLE' })));
  const latest = await watches.readMany([lost.id, kept.id]);
  assert.deepEqual(
    latest.map((event) => event?.state),
    [undefined, 'y'],
  );
  const active: string[] = [];
  for await (const { id } of watches.active('test')) active.push(id);
  assert.deepEqual(active, [kept.id]);
  const again = await sealedWatches(store, vaultOf(second, first)).beginTurn(lost.id, 1_000);
  assert.ok(again && 'fence' in again, 'its turn is free');
});
