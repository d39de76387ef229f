import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from '../../src/gateway/compose.js';
import { createGateway, StartError } from '../../src/gateway/index.js';
import { systemClock } from '../../src/clock.js';
import { openAuthenticator } from '../support/gateway/start.js';
import { World } from '../support/gateway/world.js';
import { memoryLogger } from '../support/memory-logger.js';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';

const oneSentence = (error: unknown, parts: RegExp): boolean => {
  assert.ok(error instanceof StartError);
  assert.match(error.message, parts);
  assert.doesNotMatch(error.message, /\n/);
  assert.match(error.message, /\.$/);
  return true;
};

test('subgraphs that contradict each other are explained in one sentence', () => {
  assert.throws(
    () =>
      compose([
        {
          name: 'one',
          sdl: `${LINK} type Query { a: Thing @shareable } type Thing @key(fields: "id") { id: ID! x: String @shareable }`,
        },
        {
          name: 'two',
          sdl: `${LINK} type Query { a: Thing @shareable } type Thing @key(fields: "id") { id: ID! x: Int @shareable }`,
        },
      ]),
    (error) => oneSentence(error, /^The subgraphs cannot be composed: .*Thing\.x/),
  );
});

test('an SDL that cannot be read is blamed on its subgraph', () => {
  assert.throws(
    () => compose([{ name: 'broken', sdl: 'type Query {' }]),
    (error) => oneSentence(error, /^The SDL of subgraph "broken" cannot be read: /),
  );
});

test('no subgraph at all is an error of its own', () => {
  assert.throws(
    () => compose([]),
    (error) => oneSentence(error, /no subgraph/),
  );
});

test('a gateway does not start over subgraphs that cannot be composed', async () => {
  const [local] = new World().subgraphs();
  assert.ok(local);
  await assert.rejects(
    createGateway({
      subgraphs: [{ name: 'bad', sdl: 'type Query { x: Missing }', local }],
      authenticator: openAuthenticator,
      clock: systemClock,
      logger: memoryLogger(),
      cors: [],
      introspection: true,
    }),
    (error) => oneSentence(error, /Missing/),
  );
});

test('what clients see is printed sorted and described, without federation machinery, the same every time', () => {
  const subgraphs = new World().subgraphs();
  const { apiSdl, supergraphSdl } = compose(subgraphs);
  assert.match(apiSdl, /"""A message to a person\."""\ntype Message implements Node \{/);
  assert.doesNotMatch(apiSdl, /@key|@join|_entities|_Any|_Service|link__/);
  const types = [...apiSdl.matchAll(/^(?:type|enum|union|scalar|interface|input) (\w+)/gm)].map(
    (match) => match[1],
  );
  assert.deepEqual(types, [...types].sort());
  assert.match(supergraphSdl, /@join__graph/);
  assert.deepEqual(compose(subgraphs.toReversed()).apiSdl, apiSdl);
});
