import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { inspect } from 'node:util';
import type { Access } from '../../../src/providers/guardcrypto/access.js';
import { mergeCookies } from '../../../src/providers/guardcrypto/access.js';
import { readAuth } from '../../../src/providers/guardcrypto/auth-word.js';
import { connectGuard } from '../../../src/providers/guardcrypto/connect.js';
import { OPERATIONS } from '../../../src/providers/guardcrypto/operations.js';
import { readWireFacts } from '../../../src/providers/guardcrypto/operations-file.js';
import { guardcryptoSettings } from '../../../src/providers/guardcrypto/settings.js';
import { ConfigError, loadConfig } from '../../../src/config/index.js';
import { ProviderError } from '../../../src/provider-error.js';
import { ManualClock } from '../../support/manual-clock.js';
import { startServer } from '../../support/http-server.js';
import { memoryLogger } from '../../support/memory-logger.js';
import { temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly cookies?: readonly string[];
  readonly body?: string;
}

/** A client of a server that answers what it is told, and remembers what it was sent. */
async function openClient(t: Teardown, reply: (received: Received) => Reply, settings = {}) {
  const requests: Received[] = [];
  const { url } = await startServer(t, (request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url: path = '', headers } = request;
    const received = { method, url: path, headers, body: await text(request) };
    requests.push(received);
    const { status = 200, type = 'application/json', cookies = [], body = '' } = reply(received);
    response.writeHead(status, { 'content-type': type, 'set-cookie': [...cookies] }).end(body);
  };
  const logger = memoryLogger();
  const environment = { GUARDCRYPTO_URL: `${url}/appsuite/api`, ...settings };
  const shape = { name: 'guardcrypto', settings: guardcryptoSettings };
  const client = connectGuard(loadConfig(environment, [shape]).settingsOf(shape), {
    http: { random: () => 0 },
    clock: new ManualClock(),
    logger,
  });
  t.after(() => client.close());
  const kept: Record<string, string>[] = [];
  const access: Access = {
    id: 'a1',
    session: 'f'.repeat(32),
    cookies: { JSESSIONID: '1.APP1', 'open-xchange-secret-x': 's3cret' },
    userAgent: 'Agent/7',
    userId: 7,
    contextId: 1,
    keepCookies: async (cookies) => void kept.push({ ...cookies }),
  };
  return { client, access, requests, kept, logger };
}

const failsWith = (code: string) => (error: unknown) => {
  assert(error instanceof ProviderError);
  assert.equal(error.code, code);
  assert.doesNotMatch(
    JSON.stringify({ message: error.message, code: error.providerCode }),
    /stack|secret text/,
  );
  return true;
};

const envelope = (fields: Record<string, unknown>): string =>
  JSON.stringify({ error: 'secret text', error_stack: ['stack'], ...fields });

test('a session sends its cookies and its own User-Agent, and keeps the cookies that the server sets', async (t) => {
  const { client, access, requests, kept } = await openClient(t, () => ({
    cookies: ['JSESSIONID=2.APP2; Path=/; HttpOnly', 'gone=x; Max-Age=0'],
    body: '{"data":{"keyRings":[]}}',
  }));
  await client.keys.rings(access);
  const [sent] = requests;
  assert.equal(sent?.headers['cookie'], 'JSESSIONID=1.APP1; open-xchange-secret-x=s3cret');
  assert.equal(sent?.headers['user-agent'], 'Agent/7');
  assert.equal(sent?.url, `/appsuite/api/oxguard/keys?action=getKeys&session=${'f'.repeat(32)}`);
  assert.deepEqual(kept, [{ JSESSIONID: '2.APP2', 'open-xchange-secret-x': 's3cret' }]);
  assert.deepEqual(mergeCookies({ a: '1' }, ['a=; Path=/', 'b=x=y']), { b: 'x=y' });
});

test('failures are told by code, then by category, and a write that may have happened is not called undone', async (t) => {
  let body = '';
  let status = 200;
  let type = 'application/json';
  const { client, access } = await openClient(t, () => ({ body, status, type }));
  const read = () => client.certificates.list(access);
  const write = () => client.externalKeys.setInline(access, '1', true);
  const cases: [Record<string, unknown>, string, string][] = [
    [{ code: 'SES-0203', categories: 'TRY_AGAIN' }, 'CREDENTIAL_EXPIRED', 'CREDENTIAL_EXPIRED'],
    [{ code: 'SES-9999' }, 'CREDENTIAL_EXPIRED', 'CREDENTIAL_EXPIRED'],
    [{ code: 'GRD-X-1', categories: ['SERVICE_DOWN'] }, 'PROVIDER_UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    [{ code: 'GRD-X-1', categories: 'PERMISSION_DENIED' }, 'FORBIDDEN', 'FORBIDDEN'],
    [{ code: 'GRD-X-1', categories: 'USER_INPUT' }, 'PROVIDER_REJECTED', 'PROVIDER_REJECTED'],
    [{ categories: 'WARNING' }, 'PROVIDER_REJECTED', 'PROVIDER_REJECTED'],
  ];
  for (const [fields, onRead, onWrite] of cases) {
    body = envelope(fields);
    await assert.rejects(read(), failsWith(onRead));
    await assert.rejects(write(), failsWith(onWrite));
  }
  body = envelope({ categories: 'WARNING', data: { certificates: [] } });
  assert.deepEqual(await read(), []);

  const statuses: [number, string, string, string][] = [
    [500, 'unknown action', 'NOT_SUPPORTED', 'NOT_SUPPORTED'],
    [404, 'not found', 'NOT_SUPPORTED', 'NOT_SUPPORTED'],
    [403, '', 'CREDENTIAL_EXPIRED', 'CREDENTIAL_EXPIRED'],
    [500, '<html>secret text</html>', 'PROVIDER_UNAVAILABLE', 'OUTCOME_UNKNOWN'],
    [406, envelope({ code: 'GRD-CORE-0002' }), 'INVALID_INPUT', 'INVALID_INPUT'],
  ];
  for (const [answered, content, onRead, onWrite] of statuses) {
    [status, body, type] = [answered, content, 'text/plain'];
    await assert.rejects(read(), failsWith(onRead));
    await assert.rejects(write(), failsWith(onWrite));
  }
  [status, body, type] = [200, '<html>secret text</html>', 'text/html'];
  await assert.rejects(read(), failsWith('PROVIDER_PROTOCOL'));
});

test('without a key of the server passwords go as they are; where it gives one, of whatever form, they do not', async (t) => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = (type: 'spki' | 'pkcs1') => publicKey.export({ type, format: 'der' }).toString('base64');
  const pem = (type: 'spki' | 'pkcs1') => publicKey.export({ type, format: 'pem' }).toString();
  const forms: [string | null, boolean][] = [
    [null, false],
    ['', false],
    [der('spki'), true],
    [pem('spki'), true],
    [der('pkcs1'), true],
    [pem('pkcs1').replaceAll('\n', '\r\n'), true],
  ];
  for (const [pubKey, isSealed] of forms) {
    const { client, access, requests } = await openClient(t, ({ url }) =>
      url.includes('action=login')
        ? { body: JSON.stringify({ cid: 1, primaryEmail: 'a@example.com', pubKey, auth: 'Password Needed' }) }
        : { body: '{"data":{}}' },
    );
    await assert.rejects(client.tokens.create(access, 'PGP', 'key+pw', null), failsWith('OUTCOME_UNKNOWN'));
    const sent = JSON.parse(requests.at(-1)?.body ?? '') as Record<string, string>;
    assert.deepEqual(Object.keys(sent), [isSealed ? 'e_password' : 'password']);
    if (isSealed) assert.equal(Buffer.from(sent['e_password'] ?? '', 'base64').length, 256);
  }
});

test('nothing secret stands in a URL or in the log', async (t) => {
  const { client, access, requests, logger } = await openClient(t, ({ url }) =>
    url.includes('action=login')
      ? { body: '{"cid":1,"primaryEmail":"a@example.com","pubKey":null}' }
      : { body: envelope({ code: 'SES-0203', error_params: ['f'.repeat(32)] }) },
  );
  await assert.rejects(client.keys.delete(access, '1', 'pass-word'));
  await assert.rejects(client.accounts.changePassword(access, 'PGP', { from: 'pass-word', to: 'pass-word' }));
  await assert.rejects(client.tokens.attach(access, 'PGP', 'pass-word', 0));
  await assert.rejects(
    client.certificates.upload(access, Buffer.from('x'), { file: 'pass-word', stored: 'pass-word' }),
  );
  for (const { url } of requests) assert.doesNotMatch(url, /pass-word/);
  assert.doesNotMatch(JSON.stringify(logger), /pass-word|s3cret|f{32}/);
});

test('a word in place of a token is never taken for one', () => {
  for (const word of [
    null,
    '',
    'No Key',
    'Bad Password',
    'LOCKOUT',
    'exceeded',
    'short',
    'some longer text with blanks',
  ])
    assert.equal(readAuth(word).token, null);
  assert.deepEqual(readAuth('Password Needed'), { state: 'PASSWORD_NEEDED', token: null });
  assert.equal(readAuth(`error${'A'.repeat(20)}`).token, null);
  const token = `${'sOyVY1Cq0gOEr3bad'.repeat(3)}==`;
  assert.deepEqual(readAuth(token), { state: 'AUTHENTICATED', token });
});

test('an operator corrects paths, places and codes by a file; the table is told, and nonsense is refused', async (t) => {
  const path = join(await temporaryDirectory(t), 'operations.json');
  await writeFile(
    path,
    JSON.stringify({
      operations: {
        getKeys: { method: 'POST', path: 'guard/v2/keys', action: 'list' },
        getContactKeys: { parameters: { contactID: 'query:contact' } },
      },
      errorCodes: { 'GRD-77': 'LOCKED' },
    }),
  );
  const { client, access, requests } = await openClient(
    t,
    () => ({ body: envelope({ code: 'GRD-7701', categories: 'USER_INPUT' }) }),
    { GUARDCRYPTO_OPERATIONS_FILE: path },
  );
  await assert.rejects(client.keys.rings(access), failsWith('LOCKED'));
  assert.equal(requests[0]?.method, 'POST');
  assert.match(requests[0]?.url ?? '', /^\/appsuite\/api\/guard\/v2\/keys\?action=list&session=f+$/);
  await assert.rejects(client.externalKeys.ofContact(access, '31', '5'));
  assert.match(requests[1]?.url ?? '', /contactFolder=31&contact=5$/);
  const lines = client.describe();
  assert.equal(lines.length, Object.keys(OPERATIONS).length);
  assert.ok(lines.includes('getKeys: POST guard/v2/keys?action=list as user'));
  assert.ok(
    lines.some((line) => line.startsWith('createKey: POST oxguard/keys?action=create as user name=form')),
  );

  const refused: [unknown, RegExp][] = [
    ['{', /JSON/],
    [{ operations: { noSuch: {} } }, /operations/],
    [{ operations: { createKey: { path: '../../admin' } } }, /operations\.createKey\.path/],
    [{ operations: { createKey: { parameters: { colour: 'query' } } } }, /createKey has no parameter colour/],
    [
      { operations: { createKey: { parameters: { password: 'query' } } } },
      /must not have password in the URL/,
    ],
    [{ operations: { createKey: { parameters: { name: 'json' } } } }, /more than one sort/],
    [{ operations: { createKey: { method: 'GET' } } }, /cannot have a body/],
    [
      { operations: { guestDoResetAccount: { parameters: { resetid: 'query' } } } },
      /must not have resetid in the URL/,
    ],
    [
      { operations: { guestReset: { parameters: { answer: 'query:secret_answer' } } } },
      /must not have answer in the URL/,
    ],
    [{ errorCodes: { 'GRD-1': 'FINE' } }, /errorCodes/],
  ];
  for (const [content, rule] of refused) {
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    assert.throws(
      () => readWireFacts(path),
      (error: unknown) => error instanceof ConfigError && rule.test(error.message),
    );
  }
});

test('the secret answer of a guest stands in the URL of its one call, and in no log and no error, whatever comes back', async (t) => {
  const SECRET = 'Rex-the-dog';
  const request = { email: 'guest1@outside.example', answer: SECRET, language: null, templateId: null };
  const echoes: ((url: string) => Reply)[] = [
    (url) => ({ status: 404, type: 'text/html', body: `Cannot GET ${url}` }),
    (url) => ({ status: 500, type: 'text/plain', body: url }),
    (url) => ({ status: 302, body: url }),
    (url) => ({ body: JSON.stringify(url) }),
    (url) => ({ body: envelope({ code: 'GRD-CORE-0002', error: url, error_desc: url }) }),
    () => ({ body: '"OK"' }),
  ];
  for (const echo of echoes) {
    const { client, requests, logger } = await openClient(t, ({ url }) => echo(url));
    const told: unknown = await client.guests.requestReset(request).catch((error: unknown) => error);
    assert.match(requests[0]?.url ?? '', new RegExp(`answer=${SECRET}`));
    assert.equal(requests.length, 1, 'it sends a mail, so it is never sent again');
    assert.doesNotMatch(inspect([told, logger.lines], { depth: 9, showHidden: true }), new RegExp(SECRET));
  }
});

test('where the server takes it, the secret answer of a guest travels in a body', async (t) => {
  const path = join(await temporaryDirectory(t), 'operations.json');
  const guestReset = { method: 'POST', parameters: { answer: 'form' } };
  await writeFile(path, JSON.stringify({ operations: { guestReset } }));
  const settings = { GUARDCRYPTO_OPERATIONS_FILE: path };
  const { client, requests } = await openClient(t, () => ({ body: '"OK"' }), settings);
  const request = { email: 'a@outside.example', answer: 'Rex', language: null, templateId: null };
  await client.guests.requestReset(request);
  assert.deepEqual([requests[0]?.method, requests[0]?.body], ['POST', 'answer=Rex']);
  assert.doesNotMatch(requests[0]?.url ?? '', /Rex/);
});

test('half a credential of a server is refused, and without one its operations are told to be missing', async (t) => {
  const none = await openClient(t, () => ({}));
  await assert.rejects(none.client.support.exposeKey('a@example.com', 1), failsWith('NOT_SUPPORTED'));
  assert.deepEqual(none.requests, []);
  await assert.rejects(
    openClient(t, () => ({}), { GUARDCRYPTO_REST_USER: 'guard-rest' }),
    /GUARDCRYPTO_REST_PASSWORD/,
  );
});
