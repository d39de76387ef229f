import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { TestContext } from 'node:test';
import { readCallConfig } from '../../../src/config/calls.js';
import type { HttpClientOptions } from '../../../src/providers/kit/http-client.js';
import { ensureCertificates } from '../../../src/simulators/kit/certificates.js';
import { startServer } from '../../support/http-server.js';
import { temporaryDirectory } from '../../support/simulators.js';
import { clientOf, problem, READ, WRITE } from './client.js';

const certificates = await ensureCertificates({
  dir: await temporaryDirectory({ after }),
  plan: {
    authority: 'Test CA',
    serverNames: ['api.example.test'],
    clients: { anna: { commonName: 'anna' } },
  },
});
const tls: HttpClientOptions['tls'] = { prefix: 'ACME', caFile: certificates.caFile };

/** A proxy that leads to the one server there is, whatever it is asked for; or refuses. */
async function startProxy(t: TestContext, port: number, status = 200) {
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    socket.on('error', () => undefined);
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const server = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      server.pipe(socket).pipe(server);
    }).on('error', () => undefined);
    return socket;
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.after(() => proxy.close());
  const { port: own } = proxy.address() as AddressInfo;
  return { asked, environment: { HTTPS_PROXY: `http://user:word@127.0.0.1:${own}` } };
}

test('a provider is called through the proxy that is configured, in a tunnel, by the authorities that are configured', async (t) => {
  const { cert, key } = certificates.server;
  const server = await startServer(t, (_request, response) => response.end('there'), { tls: { cert, key } });
  const { asked, environment } = await startProxy(t, server.port);
  const { proxy } = readCallConfig(environment);
  const url = 'https://api.example.test:8443';
  assert.equal((await clientOf(t, url, { tls, proxy }).request(READ)).text(), 'there');
  const basic = Buffer.from('user:word').toString('base64');
  assert.deepEqual(asked, [`api.example.test:8443 Basic ${basic}`]);
  await assert.rejects(clientOf(t, url, { proxy }).request(WRITE), problem('PROVIDER_UNTRUSTED'));
  assert.equal(server.hits, 1);
});

test('hosts that are excepted, and this machine, are called directly', async (t) => {
  const server = await startServer(t, (_request, response) => response.end('direct'));
  const { asked, environment } = await startProxy(t, server.port);
  const direct = readCallConfig(environment);
  assert.equal((await clientOf(t, server.url, { proxy: direct.proxy }).request(READ)).text(), 'direct');
  for (const except of ['api.example.test', '*']) {
    const { proxy } = readCallConfig({ ...environment, NO_PROXY: `other.test, ${except}` });
    const client = clientOf(t, 'https://api.example.test:8443', { tls, proxy, retry: { retries: 0 } });
    await assert.rejects(client.request(READ), problem('PROVIDER_UNAVAILABLE'));
  }
  assert.deepEqual(asked, []);
});

test('a write that the proxy does not let through was not sent', async (t) => {
  const server = await startServer(t, (_request, response) => response.end());
  const { asked, environment } = await startProxy(t, server.port, 403);
  const { proxy } = readCallConfig(environment);
  const client = clientOf(t, 'https://api.example.test:8443', { tls, proxy, retry: { retries: 0 } });
  await assert.rejects(client.request(WRITE), problem('PROVIDER_UNAVAILABLE'));
  assert.deepEqual([asked.length, server.hits], [1, 0]);
  assert.doesNotMatch(JSON.stringify(client.logger.lines), /word|example/);
});
