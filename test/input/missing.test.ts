import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onStage } from '../once/stage.js';

/** What is given without what belongs to it, and where that is missed. */
const MISSING: readonly (readonly [field: string, example: string, input: object, missed: string])[] = [
  ['updateVipUser', 'vipidentity/update-user', { oldPin: '1234', newPin: undefined }, 'newPin'],
  ['createGuardToken', 'guardcrypto/create-token', { lifetime: 'TIMED', minutes: undefined }, 'minutes'],
];

for (const [field, example, change, missed] of MISSING) {
  test(`${field}: ${missed} is missed where what it belongs to is given`, () =>
    onStage(example, field, async ({ ask, variables }) => {
      const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input!`;
      const document = `mutation ($input: ${type}) { ${field}(input: $input) { problem { code reason path } } }`;
      const data = (await ask(document, { input: { ...Object(variables['input']), ...change } })) as Record<
        string,
        { problem: object }
      >;
      assert.deepEqual(data[field]?.problem, {
        ...{ code: 'INVALID_INPUT', reason: 'MISSING' },
        path: ['input', missed],
      });
    }));
}
