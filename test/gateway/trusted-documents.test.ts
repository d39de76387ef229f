import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';

const ME = '{\n  me\n}';
const TICKS = 'subscription Ticks {\n  ticks(count: 1)\n}';
const ECHO = 'query Echo($text: String!) {\n  echo(text: $text)\n}';
const SEND = 'mutation Send {\n  send(text: "x", to: "bob@example.org") {\n    id\n  }\n}';
const TWICE = ['query Twice {\n  me\n}', 'query Twice {\n  echo(text: "x")\n}'];
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const documents = [
  ['me', ME],
  ['Ticks', TICKS],
  ['Echo', ECHO],
  ['Send', SEND],
  ...TWICE.map((body) => ['Twice', body] as const),
].map(([name = '', body = '']) => ({ id: sha256(body), name, body }));

/** What a client may say to have something run, over any transport. */
interface Said {
  readonly query?: string;
  readonly documentId?: string;
  readonly extensions?: object;
  readonly variables?: object;
  readonly operationName?: string;
}

const hash = (text: string): Said => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } },
});

const TRUSTED: readonly [string, Said][] = [
  ['by its text', { query: ME }],
  ['by its text, laid out otherwise', { query: '# mine\n{me,}' }],
  ['by its hash, as Apollo asks', hash(ME)],
  ['by hash and text', { query: ME, ...hash(ME) }],
  ['by text, under a hash of its own layout', { query: '{ me }', ...hash('{ me }') }],
  ['by documentId', { documentId: sha256(ME) }],
  ['by documentId with algorithm', { documentId: `sha256:${sha256(ME)}` }],
  ['by name', { documentId: 'me' }],
];

const REFUSED: readonly [string, Said, string][] = [
  ['another text', { query: '{ echo(text: "x") }' }, 'DOCUMENT_NOT_TRUSTED'],
  ['a registered one with a field more', { query: '{ me __typename }' }, 'DOCUMENT_NOT_TRUSTED'],
  ['introspection', { query: '{ __schema { types { name } } }' }, 'DOCUMENT_NOT_TRUSTED'],
  ['no GraphQL', { query: '{' }, 'DOCUMENT_NOT_TRUSTED'],
  ['more characters than are looked at', { query: `{ me }${' '.repeat(60_000)}` }, 'DOCUMENT_NOT_TRUSTED'],
  ['the hash of one with the text of another', { query: SEND, ...hash(ME) }, 'DOCUMENT_NOT_TRUSTED'],
  ['the hash of one with a text of no other', { query: '{ x: me }', ...hash(ME) }, 'DOCUMENT_NOT_TRUSTED'],
  ['an unknown hash', hash('{ x: me }'), 'PERSISTED_QUERY_NOT_FOUND'],
  ['an unknown hash, then its text', { query: '{ x: me }', ...hash('{ x: me }') }, 'DOCUMENT_NOT_TRUSTED'],
  ['an unknown documentId', { documentId: 'nobody' }, 'DOCUMENT_NOT_TRUSTED'],
  ['a name that two have', { documentId: 'Twice' }, 'DOCUMENT_NOT_TRUSTED'],
  ['a name of every object', { documentId: '__proto__' }, 'DOCUMENT_NOT_TRUSTED'],
];

interface Outcome {
  readonly data?: unknown;
  readonly code?: unknown;
}

type Ask = (endpoint: string, said: Said) => Promise<Outcome>;

const outcome = (body: unknown): Outcome => {
  const { data, errors } = body as { data?: unknown; errors?: { extensions: { code: string } }[] };
  return errors ? { code: errors[0]?.extensions.code } : { data };
};

const DOORS: Readonly<Record<string, Ask>> = {
  async POST(endpoint, said) {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(said),
    });
    return outcome(await response.json());
  },
  async GET(endpoint, said) {
    const search = new URLSearchParams(
      Object.entries(said).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
    const response = await fetch(`${endpoint}?${search}`, { headers: { 'apollo-require-preflight': 'yes' } });
    if (response.status === 431) return { code: 'DOCUMENT_NOT_TRUSTED' };
    return outcome(await response.json());
  },
  async SSE(endpoint, said) {
    const client = await StreamClient.say(endpoint, 'text/event-stream', said);
    const event = await client.nextEvent();
    client.abort();
    return outcome(event?.[1]);
  },
  async WebSocket(endpoint, said) {
    const client = await SocketClient.connect(endpoint);
    client.send({ id: '1', type: 'subscribe', payload: { query: '', ...said } });
    const { type, payload } = await client.next();
    await client.close();
    return outcome(type === 'error' ? { errors: payload } : payload);
  },
};

const start = (t: TestContext) => startGateway(t, { trustedDocuments: documents });

for (const [door, ask] of Object.entries(DOORS)) {
  describe(`trusted documents over ${door}`, () => {
    it('a registered document runs, however it is named', async (t) => {
      const { endpoint } = await start(t);
      for (const [how, said] of TRUSTED)
        assert.deepEqual(await ask(endpoint, said), { data: { me: 'anyone' } }, how);
      const echoed = await ask(endpoint, { ...hash(ECHO), variables: { text: 'x' }, operationName: 'Echo' });
      assert.deepEqual(echoed, { data: { echo: 'x' } });
    });

    it('nothing else runs, and no resolver is called', async (t) => {
      const { endpoint, world } = await start(t);
      for (const [what, said, code] of REFUSED) assert.deepEqual(await ask(endpoint, said), { code }, what);
      assert.equal(world.calls.length, 0);
    });

    it('without registered documents a text runs, and an id is told that there are none', async (t) => {
      const { endpoint } = await startGateway(t);
      assert.deepEqual(await ask(endpoint, { query: '{ me }', ...hash('{ me }') }), {
        data: { me: 'anyone' },
      });
      for (const said of [hash(ME), { documentId: 'me' }])
        assert.deepEqual(await ask(endpoint, said), { code: 'PERSISTED_QUERY_NOT_SUPPORTED' });
    });
  });
}

it('registered subscriptions and mutations run; a mutation by GET does not', async (t) => {
  const { endpoint, world } = await start(t);
  for (const door of ['SSE', 'WebSocket'])
    assert.deepEqual(await DOORS[door]?.(endpoint, hash(TICKS)), { data: { ticks: 1 } });
  assert.deepEqual(await DOORS['GET']?.(endpoint, hash(SEND)), { code: 'METHOD_NOT_ALLOWED' });
  assert.equal(world.sent, 0);
  assert.deepEqual(await DOORS['POST']?.(endpoint, { documentId: 'Send' }), { data: { send: { id: '3' } } });
});

it('a request that names no document at all is told so', async (t) => {
  const { endpoint } = await start(t);
  for (const said of [{}, { query: '' }, { documentId: '' }, { extensions: { persistedQuery: {} } }])
    assert.deepEqual(await DOORS['POST']?.(endpoint, said), { code: 'BAD_REQUEST' }, JSON.stringify(said));
});
