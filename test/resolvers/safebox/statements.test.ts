import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedStore } from '../../support/counted-store.js';
import { listOf, openSafebox } from './open.js';

for (const [what, document] of Object.entries({
  'a page of SafeBoxes':
    'query ($first: Int!) { safeBoxes(first: $first) { edges { node { id subject status } } } }',
  "a person's SafeBoxes":
    'query ($first: Int!) { person(email: "zoe@example.com") { safeBoxes(first: $first) { edges { node { id } } } } }',
  'who is signed in': 'query ($first: Int = 1) { viewer { subject safeBoxSession { state } } }',
}))
  test(`${what}: one statement for the session, and one call for the list, however long it is`, async (t) => {
    const { through, taken } = countedStore();
    const box = await openSafebox(t, { through });
    await box.signIn();
    for (const first of [1, 3, 20]) {
      taken();
      box.simulator.control.resetCalls();
      const { safeBoxes } = await box.ask(document, { first });
      assert.equal(taken().length, 1);
      const { getSafeboxes = 0 } = box.simulator.control.calls();
      assert.equal(getSafeboxes, what === 'who is signed in' ? 0 : 1);
      if (safeBoxes) assert.ok(listOf(safeBoxes.edges).length > 0);
    }
  });
