import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse, validate, buildSchema } from 'graphql';
import { packagePath } from '../../../src/package-path.js';
import { openVip } from './open.js';

const FOLDER = packagePath('schema/operations/vipidentity');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.replace(/\.graphql$/, ''));

/** What is to be done before an example can work, and values that only its answer knows. */
const BEFORE: Readonly<Record<string, string>> = {
  'update-temporary-password': 'set-temporary-password-sms',
  'clear-temporary-password': 'set-temporary-password-sms',
  'temporary-password': 'set-temporary-password-sms',
  'authenticate-phone': 'send-otp',
  'refresh-push': 'push-user',
  push: 'push-user',
  'confirm-risk': 'evaluate-risk',
  'deny-risk': 'evaluate-risk',
};

function read(name: string): { document: string; variables: string } {
  const document = readFileSync(`${FOLDER}/${name}.graphql`, 'utf8');
  const takesVariables = document.includes('($');
  return {
    document,
    variables: takesVariables ? readFileSync(`${FOLDER}/${name}.variables.json`, 'utf8') : '{}',
  };
}

for (const name of names) {
  test(`the example ${name} works as it stands`, async (t) => {
    const vip = await openVip(t);
    const { document, variables } = read(name);
    if (document.includes('subscription ') || name === 'push-user-and-wait') {
      const api = buildSchema(readFileSync(packagePath('schema/api.graphql'), 'utf8'));
      assert.deepEqual(validate(api, parse(document)), []);
      return;
    }
    const before = BEFORE[name];
    const answered = before === undefined ? '' : JSON.stringify(await run(before));
    const id = (field: string): string => new RegExp(`"${field}":"(\\w+)"`).exec(answered)?.[1] ?? '';
    const filled = variables
      .replace('2ae68a940ec4236b', id('transactionId'))
      .replace('100000000000000001', id('eventId'));
    const data = await run(name, filled);
    assert.doesNotMatch(JSON.stringify(data), /^\{"\w+":null\}$|"problem":\{/);

    async function run(example: string, values = read(example).variables): Promise<unknown> {
      const result = await vip.run(read(example).document, JSON.parse(values) as Record<string, unknown>);
      assert.equal(result.errors, undefined);
      return result.data;
    }
  });
}
