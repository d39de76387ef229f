import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readExamples } from '../../src/gateway/read-examples.js';
import { ask } from '../../scripts/coverage/ask.js';
import { runExample } from '../../scripts/coverage/run-example.js';
import { createWorlds, type World, type Worlds } from '../../scripts/coverage/world.js';
import { subgraphs } from '../../subgraphs/index.js';
import { askGraph } from '../support/sealgraph.js';
import type { Teardown } from '../support/simulators.js';

const providers = subgraphs.map(({ name }) => name);
const examples = new Map(readExamples().map((example) => [example.name, example]));

const OVERVIEW = `
  email
  vipUser { status }
  pgpKey { source { name } }
  smimeCertificate { issuer }
  twoFactorMessages(first: 3) { edges { node { id } } }
  xqKeys(first: 3) { edges { node { locator } } }
  safeBoxes(first: 3) { totalCount }
  safeBoxFavorite { companyName }
`;

let worlds: Worlds;
before(async () => {
  worlds = await createWorlds();
});
after(() => worlds.close());

for (const [asked, is] of [
  ['Kate@Example.TEST', 'kate@example.test'],
  ['\u212Aate@Example.test', '\u212Aate@example.test'],
  ['\u0130da@example.test', '\u0130da@example.test'],
] as const) {
  test(`${asked} is the person ${is}, and nobody whose address only looks so when small`, async (t) => {
    const world = await signedIn(t);
    assert.deepEqual(
      await ask(world.url, 'query ($email: String!) { person(email: $email) { email } }', { email: asked }),
      {
        person: { email: is },
      },
    );
  });
}

test('one question about a person is answered by all five providers, each called at most once per kind', async (t) => {
  const world = await signedIn(t);
  const calls = await callsDuring(world, () =>
    ask(world.url, `{ person(email: "ana+approve@example.com") { ${OVERVIEW} } }`, {}),
  );
  assert.deepEqual(calls, {
    'guardcrypto.getRecipientCertificate': 1,
    'guardcrypto.getRecipientKey': 1,
    'safebox.getFavorites': 1,
    'safebox.getSafeboxes': 1,
    'vipidentity.getUserInfo': 1,
  });
});

test('of fifty persons, what a provider tells of many at once costs one call, and anything else one per person', async (t) => {
  const world = await signedIn(t);
  const people = Array.from({ length: 50 }, (_, index) => `person${index}@example.test`);
  const send = `mutation ($to: [String!]!) { sendTwoFactorMessage(input: { recipients: $to }) { twoFactorMessage { id } } }`;
  const { data } = await askGraph<{ sendTwoFactorMessage: { twoFactorMessage: { id: string } } }>(
    world.url,
    send,
    {
      to: people,
    },
  );
  const { id } = data.sendTwoFactorMessage.twoFactorMessage;
  const calls = await callsDuring(world, () =>
    ask(
      world.url,
      `query ($id: ID!) { twoFactorMessage(id: $id) { recipients { person { ${OVERVIEW} } } } }`,
      { id },
    ),
  );
  assert.deepEqual(calls, {
    'guardcrypto.getRecipientCertificate': 50,
    'guardcrypto.getRecipientKey': 50,
    'safebox.getFavorites': 1,
    'safebox.getSafeboxes': 50,
    'vipidentity.getUserInfo': 50,
  });
});

test('a provider that is down leaves its own fields empty, says so, and the others untouched', async (t) => {
  const world = await signedIn(t);
  await world.tell('vipidentity', 'injectFault', { operation: 'getUserInfo', status: 503, count: 20 });
  const { data, errors } = await askGraph<{ person: Record<string, unknown> }>(
    world.url,
    `{ person(email: "ana+approve@example.com") { ${OVERVIEW} } }`,
  );
  assert.equal(data.person['vipUser'], null);
  assert.deepEqual(data.person['twoFactorMessages'], { edges: [] });
  assert.deepEqual(Object.keys(data.person).length, 8);
  assert.deepEqual(
    errors?.map(({ extensions }) => [extensions?.['code'], extensions?.['provider']]),
    [['PROVIDER_UNAVAILABLE', 'vipidentity']],
  );
});

test('the viewer is told who they are and every session they have, without a call to a provider', async (t) => {
  const world = await signedIn(t);
  const query =
    '{ viewer { subject safeBoxSession { provider account state } guardSession { provider account state } xqSession { provider account state } } }';
  let seen: unknown;
  const calls = await callsDuring(world, async () => {
    seen = await ask(world.url, query, {});
  });
  assert.deepEqual(calls, {});
  assert.deepEqual(seen, {
    viewer: {
      subject: 'demo',
      safeBoxSession: { provider: 'SAFEBOX', account: 'ada', state: 'ACTIVE' },
      guardSession: { provider: 'GUARDCRYPTO', account: 'anton@example.com', state: 'ACTIVE' },
      xqSession: { provider: 'XQKEYS', account: 'sensor-17', state: 'ACTIVE' },
    },
  });
});

async function signedIn(t: Teardown): Promise<World> {
  const world = await worlds.open(providers);
  t.after(() => world.close());
  for (const name of ['safebox/sign-in', 'guardcrypto/sign-in', 'xqkeys/create-key'])
    await runExample(name, examples, world);
  return world;
}

/** Not asked for by the query: where SendSecure's server is, once per process, and the poll of an open message. */
const BESIDES = ['safebox.discoverServer', 'messaging2fa.trackMessage'];

/** Calls by provider and operation. */
async function callsDuring(world: World, work: () => Promise<unknown>): Promise<Record<string, number>> {
  for (const provider of providers) await world.tell(provider, 'resetCalls', {});
  await work();
  const counted = await Promise.all(
    providers.map(async (provider) =>
      Object.entries((await world.look(provider, 'calls')) as Record<string, number>).map(
        ([operation, count]) => [`${provider}.${operation}`, count] as const,
      ),
    ),
  );
  return Object.fromEntries(
    counted
      .flat()
      .filter(([call]) => !BESIDES.includes(call))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
