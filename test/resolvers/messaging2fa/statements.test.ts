import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedStore } from '../../support/counted-store.js';
import { openMessaging2fa } from './open.js';

const SENT = 30;
const DOCUMENTS = {
  'ids and states':
    'query ($first: Int!) { twoFactorMessages(first: $first) { edges { node { id state } } pageInfo { hasNextPage } } }',
  'all of each message':
    'query ($first: Int!) { twoFactorMessages(first: $first) { edges { node { id state subject body recipients { userId status } } } pageInfo { hasNextPage } } }',
};

for (const [asked, document] of Object.entries(DOCUMENTS)) {
  test(`a page of a list reads no more than the page, in two statements, when it asks for ${asked}`, async (t) => {
    const { through, taken } = countedStore();
    const { send, run } = await openMessaging2fa(t, { polls: false, through, throughWatches: through });
    for (let number = 1; number <= SENT; number++)
      await send({ recipients: [`person${number}@example.test`], subject: `message ${number}` });
    for (const first of [1, 10, SENT - 1, SENT, SENT + 1]) {
      taken();
      const { data, errors } = await run<Page>(document, { first });
      assert.deepEqual(errors, undefined);
      assert.equal(data.twoFactorMessages.edges.length, Math.min(first, SENT));
      assert.equal(data.twoFactorMessages.pageInfo.hasNextPage, first < SENT);
      // One more than shown tells whether there is a next page.
      const things = Math.min(first + 1, SENT);
      assert.deepEqual(taken(), [
        { name: 'list', things },
        { name: 'readMany', things },
      ]);
    }
  });
}

test("a person's messages are read in two statements, however many there are", async (t) => {
  const { through, taken } = countedStore();
  const { send, run } = await openMessaging2fa(t, { polls: false, through, throughWatches: through });
  // More of them a minute nobody may send to one person.
  for (let number = 1; number <= 8; number++) await send({ recipients: ['ann@example.test'] });
  for (const first of [1, 5, 7]) {
    taken();
    const { data, errors } = await run<{ person: Page }>(
      'query ($first: Int!) { person(email: "ann@example.test") { twoFactorMessages(first: $first) { edges { node { id state } } pageInfo { hasNextPage } } } }',
      { first },
    );
    assert.deepEqual(errors, undefined);
    assert.equal(data.person.twoFactorMessages.edges.length, first);
    const things = first + 1;
    assert.deepEqual(taken(), [
      { name: 'list', things },
      { name: 'readMany', things },
    ]);
  }
});

interface Page {
  readonly twoFactorMessages: {
    readonly edges: readonly unknown[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
}
