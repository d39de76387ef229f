import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { GraphQLField } from 'graphql';
import { GATEWAY_CODES } from '../../src/gateway/errors.js';
import { PROBLEM_CODES } from '../../src/provider-error.js';
import { subgraphs } from '../../subgraphs/index.js';
import { onStage } from '../once/stage.js';
import { anyFields, SEED } from './any-input.js';
import { documentFor } from './selection.js';

/** An example after whose prerequisites the caller is signed in where the provider wants that. */
const SIGNED_IN: Readonly<Record<string, readonly [example: string, field: string]>> = {
  guardcrypto: ['guardcrypto/create-certificate', 'createGuardCertificate'],
  messaging2fa: ['messaging2fa/send', 'sendTwoFactorMessage'],
  safebox: ['safebox/reply', 'replyToSafeBox'],
  vipidentity: ['vipidentity/create-user', 'createVipUser'],
  xqkeys: ['xqkeys/grant', 'grantXqKey'],
};

const RUNS_PER_FIELD = 8;
const OWN = ['viewer', '_service', '_entities'];

interface Asked {
  readonly field: GraphQLField<unknown, unknown>;
  readonly operation: 'query' | 'mutation';
}

/** Tests that no input that the schema allows makes a field of a provider fail without a code. */
export function testAnyInput(provider: string): void {
  const schema = subgraphs.find(({ name }) => name === provider)?.build().schema;
  const asked: Asked[] = [
    ...Object.values(schema?.getQueryType()?.getFields() ?? {})
      .filter(({ name }) => !OWN.includes(name))
      .map((field) => ({ field, operation: 'query' as const })),
    ...Object.values(schema?.getMutationType()?.getFields() ?? {}).map((field) => ({
      field,
      operation: 'mutation' as const,
    })),
  ];

  test(`${provider}: no input that the schema allows ends in an error without a code`, async () => {
    const [example, first] = SIGNED_IN[provider] ?? ['', ''];
    await onStage(example, first, async (stage) => {
      const uncoded: string[] = [];
      for (const { field, operation } of asked) {
        const document = documentFor(operation, field);
        for (const variables of fc.sample(anyFields(field.args), { seed: SEED, numRuns: RUNS_PER_FIELD })) {
          const { errors = [] } = await stage.run(document, variables);
          for (const error of errors)
            if (!isCoded(error.extensions['code']))
              uncoded.push(`${field.name}: ${error.message} for ${JSON.stringify(variables)}`);
        }
      }
      assert.deepEqual(uncoded, []);
    });
  });
}

function isCoded(code: unknown): boolean {
  return typeof code === 'string' && (code in PROBLEM_CODES || code in GATEWAY_CODES);
}
