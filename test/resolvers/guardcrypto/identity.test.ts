import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listOf, openGuard } from './open.js';

const RINGS = `{ guardKeyRings { id keyId publicRing { keys { id keyId isMaster } } privateRing { keys { id keyId isMaster } } } }`;
const RING = `query ($id: ID) { guardKeyRing(keyId: $id) { id keyId } }`;

test('a ring, its master key and the private half of that are three objects of one key id', async (t) => {
  const { ask, signIn } = await openGuard(t);
  await signIn('anton');
  const { guardKeyRings } = await ask(RINGS);
  for (const ring of listOf(guardKeyRings)) {
    const halves = [ring['publicRing'], ring['privateRing']].map((half) =>
      listOf(half.keys).find(({ isMaster }) => isMaster === true),
    );
    const objects = [ring, ...halves];
    assert.equal(new Set(objects.map((object) => object?.['keyId'])).size, 1);
    assert.equal(new Set(objects.map((object) => object?.['id'])).size, 3);
    for (const object of objects) {
      const { guardKeyRing } = await ask(RING, { id: object?.['id'] });
      assert.deepEqual(guardKeyRing, { id: ring['id'], keyId: ring['keyId'] });
    }
  }
});

test('what the provider says of your key to others is another object than your own', async (t) => {
  const { ask, signIn } = await openGuard(t);
  await signIn('anton');
  const { guardKeyRings } = await ask(RINGS);
  const { guardRecipientKey } = await ask(
    '{ guardRecipientKey(email: "anton@example.com") { publicRing { keys { id keyId } } } }',
  );
  const own = listOf(guardKeyRings).flatMap(({ publicRing }) => listOf(publicRing.keys));
  for (const key of listOf(guardRecipientKey.publicRing.keys)) {
    assert.ok(own.some(({ keyId }) => keyId === key['keyId']));
    assert.ok(!own.some(({ id }) => id === key['id']));
  }
});
