import assert from 'node:assert/strict';
import { it } from 'node:test';
import { providers } from '../../src/providers/index.js';
import { readCoverage, unlisted } from '../../scripts/coverage/coverage-file.js';
import { missingParts } from '../../scripts/provider-parts.js';
import { subgraphs } from '../../subgraphs/index.js';

it('every provider has its subgraph, with the settings that are read before the subgraphs are loaded', () => {
  assert.deepEqual(
    subgraphs.map(({ name, settings }) => ({ name, settings })),
    providers.map(({ name, settings }) => ({ name, settings })),
  );
});

it('every provider has its examples, contract test, page and services', () => {
  assert.deepEqual(
    providers.flatMap(({ name }) => missingParts(name)),
    [],
  );
});

it('a provider that is registered and nothing else is told what it lacks', () => {
  assert.deepEqual(missingParts('acme'), [
    'acme lacks example operations in schema/operations/acme',
    'acme lacks a contract test in test/contract/acme',
    'acme lacks a page docs/acme.md',
    'acme lacks a service acme in docker-compose.yml',
    'acme lacks a service simulator-acme in docker-compose.yml',
  ]);
});

it('a provider of which no operation is listed is not covered', () => {
  const { operations } = readCoverage();
  assert.deepEqual(unlisted(['acme', 'safebox'], operations), [
    'acme: schema/provider-api.json lists no operation of it',
  ]);
});
