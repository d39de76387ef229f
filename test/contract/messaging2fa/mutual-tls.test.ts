import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { readFile } from 'node:fs/promises';
import { assertBusinessError, SEND, startWorld, type World } from './wire.js';

test('strict: without a client certificate the TLS 1.3 handshake is refused', async (t) => {
  const { connect } = await startWorld(t);
  const stranger = await connect();
  await assert.rejects(stranger.post(SEND), { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' });
});

test('strict: without a client certificate the TLS 1.2 handshake is refused', async (t) => {
  const { connect } = await startWorld(t);
  const stranger = await connect(undefined, { maxVersion: 'TLSv1.2' });
  await assert.rejects(stranger.post(SEND), ({ code }: NodeJS.ErrnoException) =>
    /^(EPROTO|ERR_SSL_.*)$/.test(code ?? ''),
  );
});

test("strict: another authority's certificate ends the connection without an answer", async (t) => {
  const { connect, control } = await startWorld(t);
  const foreign = await connect('foreign');
  await assert.rejects(foreign.post(SEND), ({ code }: NodeJS.ErrnoException) =>
    /^(ECONNRESET|EPIPE|EPROTO)$/.test(code ?? ''),
  );
  assert.deepEqual(control.calls(), {});
});

test('lenient: without a certificate of the authority the answer is 401 and nothing happens', async (t) => {
  const { connect, control } = await startWorld(t);
  control.setClientCertificateMode({ mode: 'lenient' });
  for (const label of [undefined, 'foreign']) {
    const stranger = await connect(label);
    assert.equal((await stranger.post(SEND)).status, 401);
    assert.equal((await stranger.call('GET', '/nowhere', { headers: {} })).status, 401);
  }
  assert.deepEqual(control.messages(), []);
});

for (const mode of ['strict', 'lenient'] as const) {
  test(`${mode}: applications work, revoked ones get CERTIFICATE_REVOKED and management keys FORBIDDEN`, async (t) => {
    const { connect, control } = await startWorld(t);
    control.setClientCertificateMode({ mode });
    for (const label of ['app-a', 'app-b'])
      assert.equal((await (await connect(label)).post(SEND)).status, 200);
    assertBusinessError(await (await connect('revoked-app')).post(SEND), 'CERTIFICATE_REVOKED');
    assertBusinessError(await (await connect('management')).post(SEND), 'FORBIDDEN');
    assert.equal(control.messages().length, 2);
  });
}

test('the mode can be switched back and forth while the simulator runs', async (t) => {
  const { connect, control } = await startWorld(t);
  control.setClientCertificateMode({ mode: 'lenient' });
  assert.equal((await (await connect()).post(SEND)).status, 401);
  control.setClientCertificateMode({ mode: 'strict' });
  await assert.rejects((await connect()).post(SEND));
});

test('a certificate can be revoked and restored in the middle of a connection', async (t) => {
  const { wire, control } = await startWorld(t);
  const { messageId } = await wire.send(['pbmId1']);
  control.revokeCertificate({ certificate: 'app-a' });
  assertBusinessError(await wire.call('GET', `/frontend/messages/${messageId}`), 'CERTIFICATE_REVOKED');
  control.restoreCertificate({ certificate: 'app-a' });
  assert.equal((await wire.track(messageId)).messageId, messageId);
});

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`${maxVersion}: a resumed session still is the same application`, async (t) => {
    const world = await startWorld(t);
    const { messageId } = await world.wire.send(['pbmId1']);
    let session: Buffer | undefined;
    for (const resumed of [false, true]) {
      const options = { maxVersion, ...(session === undefined ? {} : { session }) };
      const socket = await openSocket(world, options, (ticket) => (session = ticket));
      t.after(async () => void socket.destroy());
      assert.equal(socket.isSessionReused(), resumed);
      const text = await exchange(
        socket,
        `GET /frontend/messages/${messageId} HTTP/1.1\r\nHost: localhost\r\nX-PBM-API-VERSION: 1\r\nConnection: close\r\n\r\n`,
      );
      assert.match(text, /^HTTP\/1\.1 200 /);
    }
  });
}

for (const servername of ['localhost', 'auth-sp.passbyme.com']) {
  test(`the server certificate is good for ${servername}`, async (t) => {
    const { connect } = await startWorld(t);
    const named = await connect('app-a', { servername });
    assert.equal((await named.post(SEND)).status, 200);
  });
}

test('the server certificate is not good for any other name, and not without its authority', async (t) => {
  const { connect } = await startWorld(t);
  const misnamed = await connect('app-a', { servername: 'api.passbyme.com' });
  await assert.rejects(misnamed.post(SEND), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  const untrusting = await connect('app-a', { ca: [] });
  await assert.rejects(untrusting.post(SEND), /self-signed certificate|unable to verify/);
});

test('the files named in the environment open a connection, and the key only with its passphrase', async (t) => {
  const { simulator, connect } = await startWorld(t);
  const read = (name: string): Promise<string> => readFile(simulator.environment[name] ?? '', 'utf8');
  const [cert, key, ca] = await Promise.all(
    ['CERT', 'KEY', 'CA'].map((kind) => read(`MESSAGING2FA_${kind}_FILE`)),
  );
  assert.equal(simulator.environment['MESSAGING2FA_URL'], simulator.url);
  assert.match(key ?? '', /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
  const files = { cert, key, ca };
  const passphrase = simulator.environment['MESSAGING2FA_KEY_PASSPHRASE'];
  assert.equal((await (await connect(undefined, { ...files, passphrase })).post(SEND)).status, 200);
  const guessing = await connect(undefined, { ...files, passphrase: 'wrong' });
  await assert.rejects(async () => guessing.post(SEND));
});

async function openSocket(
  { simulator }: World,
  options: object,
  onSession: (ticket: Buffer) => void,
): Promise<TLSSocket> {
  const { port } = new URL(simulator.url);
  const pem = await readFile(simulator.files['app-a'] ?? '', 'utf8');
  const socket = connectTls({
    host: '127.0.0.1',
    port: Number(port),
    ca: await readFile(simulator.files['ca'] ?? '', 'utf8'),
    cert: pem,
    key: pem,
    passphrase: simulator.environment['MESSAGING2FA_KEY_PASSPHRASE'],
    ...options,
  });
  socket.on('session', onSession);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('secureConnect', () => resolve(socket));
  });
}

async function exchange(socket: TLSSocket, text: string): Promise<string> {
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
