import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { messaging2faSimulator } from '../../src/simulators/messaging2fa/simulator.js';
import { freePort } from '../support/free-port.js';
import { askGraph, control, startSealgraph } from '../support/sealgraph.js';
import { temporaryDirectory } from '../support/simulators.js';
import type { Teardown } from '../support/simulators.js';

const NAME = messaging2faSimulator.name;
const JSON_TYPE = { 'content-type': 'application/json' };

let origin: string;
const ends: (() => Promise<void>)[] = [];
const wholeFile: Teardown = { after: (end) => ends.unshift(end) };
after(async () => {
  for (const end of ends) await end();
});
before(async () => {
  const settings = { PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(wholeFile) };
  origin = new URL(await startSealgraph(wholeFile, ['start'], settings).lineAfter('ready')).origin;
});

test('the console reaches the simulators: nouns by GET, verbs by POST, with what they say against it', async () => {
  const time = await fetch(`${origin}/console/simulators/${NAME}/time`);
  assert.match(z.string().parse(await time.json()), /^\d{4}-/);
  const wrong = await fetch(`${origin}/console/simulators/${NAME}/advanceClock`, {
    method: 'POST',
    headers: JSON_TYPE,
    body: '{"ms":-1}',
  });
  assert.equal(wrong.status, 400);
  for (const path of [`simulators/nobody/time`, `simulators/${NAME}/nothing`, 'elsewhere']) {
    assert.equal((await fetch(`${origin}/console/${path}`)).status, 404, path);
  }
});

const refused: [who: string, headers: Record<string, string>, status: number][] = [
  ['a page of another site', { ...JSON_TYPE, origin: 'https://evil.example' }, 403],
  ['a page of another site, without an origin', { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }, 403],
  ['a page of another port', { ...JSON_TYPE, 'sec-fetch-site': 'same-site' }, 403],
  ['a sandboxed page', { ...JSON_TYPE, origin: 'null' }, 403],
  ['a form', { 'content-type': 'text/plain' }, 403],
];
for (const [who, headers, status] of refused) {
  test(`${who} moves no simulator and pulls no plug`, async () => {
    const body = JSON.stringify({ name: 'store', isPlugged: false });
    const answer = await fetch(`${origin}/console/plugs`, { method: 'POST', headers, body });
    assert.equal(answer.status, status);
    const verb = await fetch(`${origin}/console/simulators/${NAME}/resetCalls`, {
      method: 'POST',
      headers,
      body: '{}',
    });
    assert.equal(verb.status, status);
    const plugs = z
      .record(z.string(), z.boolean())
      .parse(await (await fetch(`${origin}/console/plugs`)).json());
    assert.ok(Object.values(plugs).every(Boolean));
  });
}

test('what is not understood changes nothing: other names, other shapes, no JSON, other methods', async () => {
  const post = (body: string, method = 'POST') =>
    fetch(`${origin}/console/plugs`, { method, headers: JSON_TYPE, body });
  for (const body of ['{"name":"nobody","isPlugged":false}', '{"name":"store"}', '[]', '"store"', '{', '']) {
    assert.equal((await post(body)).status, 400, body);
  }
  assert.equal((await post('{}', 'DELETE')).status, 405);
  assert.equal((await post(`"${'x'.repeat(1_100_000)}"`)).status, 400);
});

test('the wire shows calls by operation and status, without what was said', async () => {
  await askGraph(
    `${origin}/graphql`,
    'mutation { sendTwoFactorMessage(input: { recipients: ["you@example.test"], subject: "a secret subject" }) { twoFactorMessage { id } } }',
  );
  const text = await (await fetch(`${origin}/console/wire?after=0`)).text();
  const lines = z
    .array(z.looseObject({ number: z.number(), provider: z.string(), status: z.number().optional() }))
    .parse(JSON.parse(text));
  assert.ok(lines.some(({ provider, status }) => provider === NAME && status === 200));
  assert.doesNotMatch(text, /a secret subject|you@example/);
  const last = lines.at(-1)?.number ?? 0;
  const later = z
    .array(z.looseObject({ number: z.number() }))
    .parse(await (await fetch(`${origin}/console/wire?after=${last}`)).json());
  assert.ok(later.every(({ number }) => number > last));
});

const without: [why: string, args: string[], settings: Record<string, string>][] = [
  ['with --no-console', ['--no-console'], {}],
  [
    'where callers have tokens',
    [],
    { JWT_SECRET: 'x'.repeat(32), JWT_ISSUER: 'https://issuer.example.test', JWT_AUDIENCE: 'sealgraph' },
  ],
];
for (const [why, args, settings] of without) {
  test(`there is no console ${why}: / leads to GraphiQL, and no simulator is reached`, async (t) => {
    const sealgraph = startSealgraph(t, ['start', ...args], {
      ...{ PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t) },
      ...settings,
    });
    const url = new URL(await sealgraph.lineAfter('ready')).origin;
    const home = await fetch(`${url}/`, { redirect: 'manual' });
    assert.equal(home.headers.get('location'), '/graphiql');
    assert.equal((await fetch(`${url}/console/simulators/${NAME}/time`)).status, 404);
    assert.doesNotMatch(sealgraph.lines.join('\n'), /console:/);
  });
}

test('simulators have the ports one asks for', async (t) => {
  const dir = await temporaryDirectory(t);
  const base = await freePort(15);
  const sealgraph = startSealgraph(t, ['start'], {
    ...{ PORT: '0', SEALGRAPH_DATA_DIR: dir, SIMULATORS_PORT: String(base) },
  });
  await sealgraph.lineAfter('ready');
  const line = await sealgraph.lineAfter(`simulator ${NAME}`);
  assert.equal(line, `https://127.0.0.1:${base + 1} control http://127.0.0.1:${base + 11}`);
  await control(`http://127.0.0.1:${base + 11}`, 'resetCalls', {});
});
