import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { ProviderError } from '../../../src/provider-error.js';
import { connectXqkeys } from '../../../src/providers/xqkeys/connect.js';
import type { XqkeysClient } from '../../../src/providers/xqkeys/client.js';
import { xqkeysSettings } from '../../../src/providers/xqkeys/settings.js';
import { loadConfig } from '../../../src/config/index.js';
import { bodyOf, startServer } from '../../support/http-server.js';
import type { TestServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { Teardown } from '../../support/simulators.js';

const TOKEN = 'aaaa.bbbb.cccc';
const LOC_A = 'a'.repeat(43);
const LOC_B = 'b'.repeat(43);
const access = { id: 'one', token: 'access-token', dashboardToken: undefined, expiresAt: Infinity };
const policy = {
  recipients: ['bo@example.com'],
  lifetime: { amount: 24, unit: 'HOURS' },
  type: 'MESSAGE',
  subject: null,
  deleteOnReceipt: false,
} as const;

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Wire {
  readonly client: XqkeysClient;
  readonly server: TestServer;
  readonly seen: Seen[];
  readonly log: () => string;
}

/** A client before a provider that always gives the same answer. */
async function answering(t: Teardown, status: number, answer: string): Promise<Wire> {
  const seen: Seen[] = [];
  const server = await startServer(t, (request, response) => {
    void bodyOf(request).then((body) => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      response.writeHead(status).end(answer);
    });
  });
  const environment = {
    XQKEYS_SUBSCRIPTION_URL: `${server.url}/s/v2/`,
    XQKEYS_VALIDATION_URL: `${server.url}/v/v2`,
    XQKEYS_QUANTUM_URL: `${server.url}/q/v2`,
    XQKEYS_DASHBOARD_URL: `${server.url}/d/v2`,
    XQKEYS_API_KEY: 'general-key',
    XQKEYS_DASHBOARD_API_KEY: 'dashboard-key',
  };
  const shape = { name: 'xqkeys', settings: xqkeysSettings };
  const settings = loadConfig(environment, [shape]).settingsOf(shape);
  const logger = memoryLogger();
  const client = connectXqkeys(settings, { http: { random: () => 0 }, clock: new ManualClock(), logger });
  t.after(() => client.close());
  return { client, server, seen, log: () => JSON.stringify(logger.lines) };
}

function failsWith(code: string) {
  return (error: unknown) => error instanceof ProviderError && error.code === code;
}

test('every service gets its own key, and the bearer only where there is one', async (t) => {
  const { client, seen } = await answering(t, 403, '');
  const ignored = (): undefined => undefined;
  await client.signIn
    .requestAccess({
      user: 'ana@example.com',
      firstName: '',
      lastName: '',
      newsletter: false,
      notifications: 0,
    })
    .catch(ignored);
  await client.packets.store(access, 'raw packet').catch(ignored);
  await client.signIn.dashboard('access-token', null).catch(ignored);
  await client.account.entropyBits(128).catch(ignored);
  assert.deepEqual(
    seen.map(({ method, url, headers }) => [method, url, headers['api-key'], headers.authorization]),
    [
      ['POST', '/s/v2/authorize', 'general-key', undefined],
      ['POST', '/v/v2/packet', 'general-key', 'Bearer access-token'],
      ['GET', '/d/v2/login/verify?request=sub', 'dashboard-key', 'Bearer access-token'],
      ['GET', '/q/v2/?ks=128&raw=1', undefined, undefined],
    ],
  );
  assert.equal(seen[1]?.body, 'raw packet');
});

test('an exchange sends no team where there is none, and false for the selector', async (t) => {
  const { client, seen } = await answering(t, 200, TOKEN);
  await client.signIn.exchange('pre', { businessId: null, selector: false });
  await client.signIn.exchange('pre', { businessId: '1234', selector: true });
  assert.deepEqual(
    seen.map(({ url }) => url),
    ['/s/v2/exchange?selector=false', '/s/v2/exchange?b=1234&selector=true'],
  );
});

test('a locator is one segment of the path, whatever it holds', async (t) => {
  const { client, seen } = await answering(t, 200, '.1key');
  await client.keys.fetch(access, 'a/b+c=');
  assert.equal(seen[0]?.url, '/v/v2/key/a%2Fb%2Bc%3D');
});

test('a packet says what the provider needs, and a unit only where it is not hours', async (t) => {
  const { client, seen } = await answering(t, 200, LOC_A);
  await client.packets.createAndStore(access, '.1key', { ...policy, labels: ['a'] });
  await client.packets.createAndStore(access, '.1key', {
    ...policy,
    labels: null,
    lifetime: { amount: 7, unit: 'DAYS' },
    deleteOnReceipt: true,
    subject: 'S',
  });
  await client.packets.create(access, '.1key', { ...policy, type: 'CHAT' });
  assert.deepEqual(
    seen.map(({ body }) => JSON.parse(body)),
    [
      {
        meta: { subject: null, title: null, labels: ['a'] },
        type: 'msg',
        recipients: ['bo@example.com'],
        expires: 24,
        key: '.1key',
      },
      {
        meta: { subject: 'S', title: 'S', labels: null },
        type: 'msg',
        recipients: ['bo@example.com'],
        expires: 7,
        unit: 'days',
        dor: true,
        key: '.1key',
      },
      { meta: { subject: null }, type: 3, recipients: ['bo@example.com'], expires: 24, key: '.1key' },
    ],
  );
});

const STORED_SHAPES = {
  'named by key, in any order': `[{".1b":"${LOC_B}"},{".1a":"${LOC_A}"}]`,
  'plain locators': `["${LOC_A}","${LOC_B}"]`,
  'objects with an index': `[{"locator_token":"${LOC_A}","index":0},{"locator_token":"${LOC_B}","index":1}]`,
};
for (const [name, tokens] of Object.entries(STORED_SHAPES)) {
  test(`locators of many keys are told apart: ${name}`, async (t) => {
    const { client } = await answering(t, 200, `{"tokens":${tokens},"status":"OK"}`);
    const locators = await client.packets.createAndStoreMany(access, ['.1a', '.1b'], {
      ...policy,
      note: null,
    });
    assert.deepEqual(locators, [LOC_A, LOC_B]);
  });
}

test('when it cannot be told whose locator is whose, the outcome is unknown', async (t) => {
  const { client } = await answering(
    t,
    200,
    `{"tokens":[{".1x":"${LOC_A}"},{".1b":"${LOC_B}"}],"status":"OK"}`,
  );
  const storing = client.packets.createAndStoreMany(access, ['.1a', '.1b'], { ...policy, note: null });
  await assert.rejects(storing, failsWith('OUTCOME_UNKNOWN'));
});

test('a success whose status is not OK is none', async (t) => {
  const { client } = await answering(t, 200, '{"status":"Nope","reason":"really"}');
  await assert.rejects(client.account.apiKey(), failsWith('PROVIDER_REJECTED'));
  await assert.rejects(client.signIn.exchange('pre', { businessId: null, selector: false }), (error) => {
    assert(failsWith('PROVIDER_REJECTED')(error) && error instanceof Error);
    return !error.message.includes('Nope');
  });
  await assert.rejects(client.signIn.signOut('token'), failsWith('PROVIDER_REJECTED'));
});

test('a key is answered as it is, even when it looks like an answer of another kind', async (t) => {
  const { client } = await answering(t, 200, ' {"status":"Nope"}\n');
  assert.equal(await client.keys.fetch(access, 'l'), ' {"status":"Nope"}\n');
});

const REFUSALS: readonly [number, string, string][] = [
  [400, '{"status":"x"}', 'INVALID_INPUT'],
  [401, '{"status":"Unauthorized"}', 'CREDENTIAL_EXPIRED'],
  [401, '{"status":"Failed to locate API key"}', 'PROVIDER_UNAUTHENTICATED'],
  [403, '', 'FORBIDDEN'],
  [404, 'not even JSON', 'NOT_FOUND'],
  [410, '', 'NOT_FOUND'],
  [429, '', 'RATE_LIMITED'],
  [500, '', 'OUTCOME_UNKNOWN'],
  [418, '', 'PROVIDER_PROTOCOL'],
];
for (const [status, body, code] of REFUSALS) {
  test(`${status} ${body} on a fetched key is ${code}, and is not asked for again`, async (t) => {
    const { client, server } = await answering(t, status, body);
    await assert.rejects(client.keys.fetch(access, 'locator'), failsWith(code));
    assert.equal(server.hits, 1);
  });
}

test('neither PIN, token, key nor packet reaches the log', async (t) => {
  const { client, log } = await answering(t, 500, 'upstream-text');
  const secrets = ['735911', 'secret-token', 'secret-key-text', 'secret-packet'];
  await assert.rejects(client.signIn.confirm('secret-token', '735911'));
  await assert.rejects(client.packets.createAndStore(access, 'secret-key-text', { ...policy, labels: null }));
  await assert.rejects(client.packets.store(access, 'secret-packet'));
  assert.ok(log().includes('code_validate'), 'the call is in the log by its name');
  for (const secret of [...secrets, 'upstream-text', 'general-key'])
    assert.equal(log().includes(secret), false);
});
