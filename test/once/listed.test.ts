import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EFFECTS } from './effects.js';
import { codeOf, examplesOf } from './once.js';
import { onStage } from './stage.js';

interface Listed {
  readonly provider: string;
  readonly field: string;
  /** Default: the first of the mutation. */
  readonly example?: string;
  readonly list: string;
  /** Whether the provider tells the list, so that it holds what was made though nobody heard of it. */
  readonly isProviders: boolean;
}

const LISTS: readonly Listed[] = [
  {
    provider: 'safebox',
    field: 'submitSafeBox',
    list: '{ safeBoxes { edges { node { guid } } } }',
    isProviders: true,
  },
  {
    provider: 'guardcrypto',
    field: 'createGuardKey',
    list: '{ guardKeyRings { keyId } }',
    isProviders: true,
  },
  {
    provider: 'xqkeys',
    field: 'createXqKey',
    example: 'xqkeys/create-listed-key',
    list: '{ xqCommunications { edges { node { locator } } } }',
    isProviders: true,
  },
  {
    provider: 'xqkeys',
    field: 'createXqKey',
    list: '{ xqKeys { edges { node { locator } } } }',
    isProviders: false,
  },
  {
    provider: 'messaging2fa',
    field: 'sendTwoFactorMessage',
    list: '{ twoFactorMessages { edges { node { id } } } }',
    isProviders: false,
  },
];

for (const { provider, field, list, isProviders, ...rest } of LISTS) {
  const { example = examplesOf(provider, field)[0] ?? '' } = rest;
  const operation = EFFECTS[provider]?.[field] ?? '';
  test(`${field} of which nobody heard ${isProviders ? 'is' : 'cannot be'} in the list of ${list.split(' ')[1]}`, () =>
    onStage(example, field, async (stage) => {
      const known = JSON.stringify(await stage.ask(list));
      await stage.cut(operation);
      assert.equal(codeOf(await stage.send()), 'OUTCOME_UNKNOWN');
      await stage.pass(120_000);
      assert.equal(JSON.stringify(await stage.ask(list)) !== known, isProviders);
    }));
}
