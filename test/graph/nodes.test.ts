import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { buildSchema, isInterfaceType } from 'graphql';
import { createWorlds, type World, type Worlds } from '../../scripts/coverage/world.js';
import { runExample } from '../../scripts/coverage/run-example.js';
import { readExamples } from '../../src/gateway/read-examples.js';
import { packagePath } from '../../src/package-path.js';
import { subgraphs } from '../../subgraphs/index.js';
import { askGraph } from '../support/sealgraph.js';

const schema = buildSchema(readFileSync(packagePath('schema/api.graphql'), 'utf8'));
const examples = new Map(readExamples().map((example) => [example.name, example]));
const node = schema.getType('Node');
assert(isInterfaceType(node));
const TYPES = schema.getPossibleTypes(node).map(({ name }) => name);

/** How one of each is found otherwise. */
const FOUND: Readonly<Record<string, string>> = {
  GuardKeyRing: '{ found: guardKeyRings { id } }',
  Person: '{ found: person(email: "Ana@Example.com") { id } }',
  SafeBox: '{ found: safeBoxes(first: 1) { edges { node { id } } } }',
  TwoFactorMessage: '{ found: twoFactorMessages(first: 1) { edges { node { id } } } }',
  VipPush: 'mutation { found: pushVipUser(input: { userId: "ana+approve@example.com" }) { vipPush { id } } }',
  VipUser: '{ found: vipUser(userId: "ANA+approve@example.com") { id } }',
  XqKey: '{ found: xqKeys(first: 1) { edges { node { id } } } }',
};

const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';

let worlds: Worlds;
let world: World;
before(async () => {
  worlds = await createWorlds();
  world = await worlds.open(subgraphs.map(({ name }) => name));
  for (const name of ['messaging2fa/send', 'safebox/sign-in', 'guardcrypto/sign-in', 'xqkeys/create-key'])
    await runExample(name, examples, world);
});
after(async () => {
  await world.close();
  worlds.close();
});

const written = (...names: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(names)).toString('base64url');

/** Other texts that lead, or seem to lead, to what an id names. */
function forged(type: string, id: string): Record<string, string> {
  const [, ...names] = JSON.parse(Buffer.from(id, 'base64url').toString()) as string[];
  const own = names.at(-1) ?? '';
  const within = names.slice(0, -1);
  const otherCase = own === own.toUpperCase() ? own.toLowerCase() : own.toUpperCase();
  return {
    ...(own !== otherCase && { 'in other letters': written(type, ...within, otherCase) }),
    'with something behind': written(type, ...names, 'more'),
    'with something before': written(type, 'more', ...names),
    'with blanks around': written(type, ...within, ` ${own} `),
    'written otherwise': Buffer.from(JSON.stringify([type, ...names], null, 1)).toString('base64url'),
    'in padded Base64': `${id}=`,
    'of nothing': written(type, ''),
    'of two nothings': written(type, '', ''),
    'of what is unknown': written(type, ...within, 'nobody'),
    ...(within.length > 0 && { 'of somewhere else': written(type, ...within.map(() => 'elsewhere'), own) }),
    'of a place above': written(type, ...within, '..'),
    'of control characters': written(type, ...within, 'a\u0000\nb'),
    'of half a character': written(type, ...within, 'a\ud800'),
    'of many letters': written(type, ...within, 'a'.repeat(5_000)),
    'of an address': written(type, ...within, 'nobody\u212A@@example.com'),
    'of numbers': written(type, 7),
  };
}

for (const type of TYPES)
  test(`${type}: its id finds it, and every other text is null and no error`, async () => {
    const { data } = await askGraph<unknown>(world.url, FOUND[type] ?? '');
    const id = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
    assert(id, JSON.stringify(data));
    assert.deepEqual((await askGraph<unknown>(world.url, NODE, { id })).data, {
      node: { __typename: type, id },
    });
    const wrong: string[] = [];
    for (const [what, text] of Object.entries(forged(type, id))) {
      const { data, errors } = await askGraph<{ node: unknown }>(world.url, NODE, { id: text });
      if (data?.node !== null || errors) wrong.push(`${what}: ${JSON.stringify({ data, errors })}`);
    }
    assert.deepEqual(wrong, []);
  });

test('ids that are none leave those beside them as they are', async () => {
  const ids = [written('VipUser', '', ''), written('VipUser', '', 'nobody'), written('SafeBox', '..')];
  const { data } = await askGraph<unknown>(world.url, FOUND['VipUser'] ?? '');
  const id = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1];
  const fields = [...ids, id].map((one, place) => `n${place}: node(id: ${JSON.stringify(one)}) { id }`);
  assert.deepEqual(await askGraph(world.url, `{ ${fields.join(' ')} }`), {
    status: 200,
    data: { n0: null, n1: null, n2: null, n3: { id } },
  });
});
