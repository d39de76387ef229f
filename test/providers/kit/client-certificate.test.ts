import assert from 'node:assert/strict';
import { copyFile, readFile, utimes, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { ServerOptions } from 'node:https';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import { TLSSocket } from 'node:tls';
import { ConfigError } from '../../../src/config/config-error.js';
import { Secret } from '../../../src/config/secret.js';
import type { TlsFiles } from '../../../src/providers/kit/client-certificate.js';
import { ensureCertificates } from '../../../src/simulators/kit/certificates.js';
import { startServer } from '../../support/http-server.js';
import type { TestServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import { temporaryDirectory } from '../../support/simulators.js';
import { clientOf, problem, READ, WRITE } from './client.js';

const PLAN = {
  authority: 'Test CA',
  serverNames: ['api.example.test'],
  clients: {
    anna: { commonName: 'anna' },
    bela: { commonName: 'bela' },
    foreign: { commonName: 'carl', foreign: true },
  },
} as const;

const certificates = await ensureCertificates({ dir: await temporaryDirectory({ after }), plan: PLAN });

const filesOf = (label: keyof typeof PLAN.clients): TlsFiles => {
  const { certFile, keyFile } = certificates.clientFiles(label);
  const passphrase = new Secret(certificates.passphrase);
  return { prefix: 'ACME', certFile, keyFile, passphrase, caFile: certificates.caFile };
};

/** Takes only clients of its authority, and answers with their common name. */
function strictServer(
  t: TestContext,
  options: ServerOptions = {},
  onRequest?: RequestListener,
): Promise<TestServer> {
  const { cert, key, ca } = certificates.server;
  const tls = { cert, key, ca, requestCert: true, rejectUnauthorized: true, ...options };
  return startServer(t, onRequest ?? ((request, response) => response.end(callerOf(request))), { tls });
}

function callerOf({ socket }: IncomingMessage): string {
  return socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : '';
}

test('separate and combined files, an encrypted key and an extra authority are accepted', async (t) => {
  const { url } = await strictServer(t);
  const { certFile: _, keyFile: __, ...rest } = filesOf('anna');
  const combined = { ...rest, certFile: certificates.clientFiles('anna').combinedFile };
  for (const tls of [filesOf('anna'), combined]) {
    assert.equal((await clientOf(t, url, { tls }).request(READ)).text(), 'anna');
  }
});

test('a server whose authority is not known is not talked to, and not asked again', async (t) => {
  const server = await strictServer(t);
  const { caFile: _, ...tls } = filesOf('anna');
  const client = clientOf(t, server.url, { tls });
  for (const call of [READ, WRITE]) await assert.rejects(client.request(call), problem('PROVIDER_UNTRUSTED'));
  assert.deepEqual(
    client.logger.lines.map(({ facts }) => facts['reason']),
    Array(2).fill('SELF_SIGNED_CERT_IN_CHAIN'),
  );
  assert.equal(server.hits, 0);
});

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a server that wants a certificate and gets none: not authenticated, reads and writes alike (${version})`, async (t) => {
    const server = await strictServer(t, { maxVersion: version });
    const client = clientOf(t, server.url, { tls: { prefix: 'ACME', caFile: certificates.caFile } });
    for (const call of [READ, WRITE]) {
      await assert.rejects(client.request(call), problem('PROVIDER_UNAUTHENTICATED'));
    }
    assert.equal(client.logger.lines.length, 2);
    assert.equal(server.hits, 0);
  });
}

test('a server that hangs up on a certificate it does not know was sent nothing', async (t) => {
  const server = await strictServer(t);
  const client = clientOf(t, server.url, { tls: filesOf('foreign') });
  for (const call of [READ, WRITE])
    await assert.rejects(client.request(call), problem('PROVIDER_UNAVAILABLE'));
  assert.equal(server.hits, 0);
});

test('a server that says nothing after the handshake is trusted after a moment', async (t) => {
  const clock = new ManualClock();
  const server = await strictServer(t);
  const proxy = await mutingProxy(t, server.port);
  const call = clientOf(t, proxy.url, { tls: filesOf('anna'), clock }).request(WRITE);
  await proxy.muted;
  await clock.advance(249);
  assert.equal(server.hits, 0);
  await clock.advance(1);
  await server.hit(1);
  proxy.unmute();
  assert.equal((await call).text(), 'anna');
});

/** Holds back what the server says after the client has answered its first words. */
async function mutingProxy(t: TestContext, port: number) {
  const held: (() => void)[] = [];
  let mute = (): void => undefined;
  const muted = new Promise<void>((resolve) => (mute = resolve));
  let open = false;
  const proxy = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    let greeted = false;
    let answered = false;
    client.on('data', (data) => {
      answered ||= greeted;
      server.write(data);
    });
    server.on('data', (data) => {
      greeted = true;
      if (open || !answered) return void client.write(data);
      held.push(() => client.write(data));
      mute();
    });
    client.on('error', () => undefined).on('close', () => server.destroy());
    server.on('error', () => undefined).on('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.after(() => proxy.close());
  return {
    url: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    muted,
    unmute: () => {
      open = true;
      for (const release of held) release();
    },
  };
}

test('wrong settings are one sentence that names the variable and holds no value', async (t) => {
  const dir = await temporaryDirectory(t);
  const notPem = join(dir, 'not.pem');
  await writeFile(notPem, 'canary');
  const good = filesOf('anna');
  const cases: [Partial<TlsFiles>, string][] = [
    [{ passphrase: new Secret('canary') }, 'ACME_KEY_PASSPHRASE does not open the key in ACME_KEY_FILE.'],
    [{ passphrase: undefined }, 'ACME_KEY_PASSPHRASE is not set, and the key in ACME_KEY_FILE is encrypted.'],
    [{ certFile: join(dir, 'canary') }, 'ACME_CERT_FILE names a file that cannot be read (ENOENT).'],
    [{ keyFile: dir }, 'ACME_KEY_FILE names a file that cannot be read (EISDIR).'],
    [{ certFile: notPem }, 'ACME_CERT_FILE names a file without a readable PEM certificate.'],
    [{ keyFile: notPem }, 'ACME_KEY_FILE names a file without a readable PEM private key.'],
    [{ caFile: notPem }, 'ACME_CA_FILE names a file without a readable PEM certificate.'],
    [
      { keyFile: certificates.clientFiles('bela').keyFile },
      'ACME_KEY_FILE holds a key that does not belong to ACME_CERT_FILE.',
    ],
  ];
  for (const [wrong, sentence] of cases) {
    assert.throws(
      () => clientOf(t, 'https://127.0.0.1:9', { tls: { ...good, ...wrong } }),
      (error: unknown) =>
        error instanceof ConfigError && error.message === sentence && error.cause === undefined,
      sentence,
    );
  }
});

describe('when the files change', () => {
  /** Anna's files, in a place where they can be exchanged for another's. */
  const exchangeable = async (t: TestContext) => {
    const dir = await temporaryDirectory(t);
    const [certFile, keyFile] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
    let changes = 0;
    const become = async (label: 'anna' | 'bela'): Promise<void> => {
      const files = certificates.clientFiles(label);
      await Promise.all([copyFile(files.certFile, certFile), copyFile(files.keyFile, keyFile)]);
      await touch();
    };
    // File systems may count time more coarsely than this test runs.
    const touch = (): Promise<void> => utimes(certFile, 1_000_000 + ++changes, 1_000_000 + changes);
    await become('anna');
    return { tls: { ...filesOf('anna'), certFile, keyFile }, certFile, become, touch };
  };

  test('new connections use the new certificate, and a request under way ends in peace', async (t) => {
    const open: (() => void)[] = [];
    const server = await strictServer(t, {}, (request, response) => {
      open.push(() => response.end(callerOf(request)));
    });
    const clock = new ManualClock();
    const { tls, become } = await exchangeable(t);
    const client = clientOf(t, server.url, { tls, clock });

    const before = client.request({ ...READ, timeoutMs: 60_000 });
    await server.hit(1);
    await become('bela');
    await clock.advance(2_000);
    const after = client.request(READ);
    await server.hit(2);
    open.forEach((answer) => answer());
    assert.deepEqual([(await before).text(), (await after).text()], ['anna', 'bela']);
  });

  test('files that cannot be used leave the old certificate in use, and are tried again when they change', async (t) => {
    const server = await strictServer(t);
    const clock = new ManualClock();
    const { tls, certFile, become, touch } = await exchangeable(t);
    const client = clientOf(t, server.url, { tls, clock });

    await writeFile(certFile, (await readFile(certFile, 'utf8')).slice(0, 200));
    await touch();
    await clock.advance(2_000);
    assert.equal((await client.request(READ)).text(), 'anna');
    assert.deepEqual(
      client.logger.lines.filter(({ level }) => level === 'warn').map(({ facts }) => facts['setting']),
      ['ACME_CERT_FILE'],
    );

    await become('bela');
    await clock.advance(2_000);
    assert.equal((await client.request(READ)).text(), 'bela');
  });
});
