import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EFFECTS, LISTS } from './effects.js';
import { examplesOf } from './once.js';
import { onStage } from './stage.js';

for (const [provider, effects] of Object.entries(EFFECTS))
  for (const [field, operation] of Object.entries(effects)) {
    const list = LISTS[field];
    if (!list) continue;
    const [example = ''] = examplesOf(provider, field);
    test(`${field}: whichever step of keeping it fails once, it is listed within two minutes`, async () => {
      let isReached = true;
      for (let calls = 0; isReached; calls++)
        await onStage(example, field, async (stage) => {
          const before = JSON.stringify(await stage.ask(list));
          stage.stores.failAfter(calls);
          await stage.send();
          isReached = stage.stores.hasFailed;
          await stage.stores.disarm();
          if (((await stage.calls())[operation] ?? 0) === 0) return;
          await stage.pass(120_000);
          assert.notEqual(JSON.stringify(await stage.ask(list)), before, `call ${calls}`);
        });
    });
  }

test('pushVipUser: whichever step of keeping it fails once, it is found by what its answer named within two minutes', async () => {
  const [example = ''] = examplesOf('vipidentity', 'pushVipUser');
  let isReached = true;
  for (let calls = 0; isReached; calls++)
    await onStage(example, 'pushVipUser', async (stage) => {
      stage.stores.failAfter(calls);
      const { problem } = await stage.send();
      isReached = stage.stores.hasFailed;
      await stage.stores.disarm();
      const reference = problem?.reference;
      if (!reference) return;
      await stage.pass(120_000);
      const { vipPush } = (await stage.ask('query ($id: ID!) { vipPush(transactionId: $id) { id } }', {
        id: reference,
      })) as { readonly vipPush: object | null };
      assert.notEqual(vipPush, null, `call ${calls}`);
    });
});
