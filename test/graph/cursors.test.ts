import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { buildSchema, getNamedType, isObjectType } from 'graphql';
import { createWorlds, type World, type Worlds } from '../../scripts/coverage/world.js';
import { runExample } from '../../scripts/coverage/run-example.js';
import { readExamples } from '../../src/gateway/read-examples.js';
import { packagePath } from '../../src/package-path.js';
import { subgraphs } from '../../subgraphs/index.js';
import { askGraph } from '../support/sealgraph.js';

const schema = buildSchema(readFileSync(packagePath('schema/api.graphql'), 'utf8'));
const examples = new Map(readExamples().map((example) => [example.name, example]));

/** Who is in a list of each provider. */
const PEOPLE: Readonly<Record<string, string>> = {
  twoFactorMessages: 'approve@example.test',
  safeBoxes: 'bob@partner.example',
  xqKeys: 'bo@example.com',
};

/** Some of the things in a list alone: another list. */
const CHOSEN: Readonly<Record<string, string>> = {
  twoFactorMessages: 'state: OPEN',
  safeBoxes: 'status: [IN_PROGRESS]',
  xqCommunications: 'statuses: [AVAILABLE]',
  xqEventLog: 'from: "2001-01-01T00:00:00Z"',
  xqKeys: 'status: AVAILABLE',
};

interface List {
  readonly name: string;
  readonly document: string;
}

/** Every connection of the graph, where it is reached from a root, and again with a filter. */
const lists: readonly List[] = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type: type.name, field })))
  .filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'))
  .flatMap(({ type, field: { name } }) => {
    const of = (filter = ''): string => `${name}(first: 1, after: $after ${filter}) { edges { cursor } }`;
    if (type !== 'Person')
      return [undefined, CHOSEN[name]].map((filter) => ({
        name: `${type}.${name} ${filter}`,
        fields: of(filter),
      }));
    return [{ name: `${type}.${name}`, fields: `person(email: "${PEOPLE[name]}") { ${of()} }` }];
  })
  .map(({ name, fields }) => ({ name, document: `query ($after: String) { ${fields} }` }));

let worlds: Worlds;
let world: World;
before(async () => {
  worlds = await createWorlds();
  world = await worlds.open(subgraphs.map(({ name }) => name));
  for (const name of [
    ...['messaging2fa/send', 'safebox/sign-in', 'xqkeys/create-key'],
    ...['xqkeys/create-listed-key', 'xqkeys/event-log'],
  ])
    await runExample(name, examples, world);
});
after(async () => {
  await world.close();
  worlds.close();
});

test('a cursor is good for the list it is of, and for no other list of the graph', async () => {
  const cursors = new Map<string, string>();
  for (const { name, document } of lists) {
    const { data } = await askGraph(world.url, document);
    const cursor = /"cursor":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
    assert(cursor, `nothing is in ${name}`);
    cursors.set(name, cursor);
  }
  assert.equal(cursors.size, lists.length);
  assert.ok(lists.length >= 13);
  const wrong: string[] = [];
  for (const { name, document } of lists) {
    for (const [of, after] of cursors) {
      const { errors } = await askGraph(world.url, document, { after });
      const told = errors?.map(
        ({ extensions }) => `${String(extensions?.['code'])} ${String(extensions?.['reason'])}`,
      );
      const expected = of === name ? undefined : ['INVALID_INPUT MALFORMED'];
      if (String(told) !== String(expected)) wrong.push(`${name} behind a cursor of ${of}: ${String(told)}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('what is no cursor at all is told in the same words', async () => {
  const wrong: string[] = [];
  for (const { name, document } of lists) {
    for (const after of ['x', '-1', 'MTox', 'OTk5', '\u0000', 'a'.repeat(300)]) {
      const { errors } = await askGraph(world.url, document, { after });
      const told = errors?.map(({ message }) => message);
      if (String(told) !== 'after is not a cursor of this list.')
        wrong.push(`${name} ${after}: ${String(told)}`);
    }
  }
  assert.deepEqual(wrong, []);
});
