import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedStore } from '../../support/counted-store.js';
import { BO, listOf, openXq } from './open.js';

const MADE = 12;
const KEYS = '(first: $first) { edges { node { locator status subject recipients { address } } } }';

for (const [what, document] of Object.entries({
  'a page of keys': `query ($first: Int!) { xqKeys${KEYS} }`,
  'the keys shared with a person': `query ($first: Int!) { person(email: "${BO}") { xqKeys${KEYS} } }`,
}))
  test(`${what} is read in two statements, however many there are`, async (t) => {
    const { through, taken } = countedStore();
    const xq = await openXq(t, { through, throughWatches: through });
    await xq.signIn();
    for (let number = 0; number < MADE; number++) await xq.createKey({ subject: `key ${number}` });
    for (const first of [1, 5, MADE - 1]) {
      taken();
      const { person, xqKeys } = await xq.ask(document, { first });
      const calls = taken();
      assert.equal(listOf((person?.xqKeys ?? xqKeys).edges).length, first);
      assert.deepEqual(
        calls.map(({ name }) => name),
        ['list', 'readMany'],
      );
      assert.deepEqual(calls[0]?.things, first + 1);
    }
  });

test('who is signed in is read in one statement', async (t) => {
  const { through, taken } = countedStore();
  const xq = await openXq(t, { through, throughWatches: through });
  await xq.signIn();
  taken();
  const { viewer } = await xq.ask('{ viewer { subject xqSession { state account } } }');
  assert.equal(viewer.xqSession.state, 'ACTIVE');
  assert.equal(taken().length, 1);
});
