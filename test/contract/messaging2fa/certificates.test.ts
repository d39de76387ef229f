import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdir, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ensureCertificates, type CertificatePlan } from '../../../src/simulators/kit/certificates.js';
import { temporaryDirectory } from '../../support/simulators.js';

const DAY_MS = 24 * 60 * 60 * 1000;

const PLAN = {
  authority: 'Test CA',
  serverNames: ['server.test'],
  clients: { sender: { commonName: 'Sender', serialNumber: '1.2.3.4', key: 'RSA-2048' } },
} as const satisfies CertificatePlan;

test('certificates are made once and reused', async (t) => {
  const dir = await temporaryDirectory(t);
  const first = await ensureCertificates({ dir, plan: PLAN });
  const second = await ensureCertificates({ dir, plan: PLAN });
  assert.deepEqual(second.server, first.server);
  assert.equal(second.passphrase, first.passphrase);
});

test('certificates are made anew when they run out and when the plan is another', async (t) => {
  const dir = await temporaryDirectory(t);
  const old = await ensureCertificates({ dir, plan: PLAN, now: () => Date.now() - 396 * DAY_MS });
  const fresh = await ensureCertificates({ dir, plan: PLAN });
  assert.notEqual(fresh.server.cert, old.server.cert);
  assert.ok(Date.parse(new X509Certificate(fresh.server.cert).validTo) > Date.now() + 300 * DAY_MS);

  const other = await ensureCertificates({ dir, plan: { ...PLAN, serverNames: ['other.test'] } });
  assert.match(new X509Certificate(other.server.cert).subjectAltName ?? '', /DNS:other\.test/);
});

test('an interruption while certificates are replaced leaves nothing that is taken for complete', async (t) => {
  const dir = await temporaryDirectory(t);
  const old = await ensureCertificates({ dir, plan: PLAN, now: () => Date.now() - 396 * DAY_MS });
  const { combinedFile } = old.clientFiles('sender');
  await rm(combinedFile);
  await mkdir(combinedFile);
  await assert.rejects(ensureCertificates({ dir, plan: PLAN }));

  await rmdir(combinedFile);
  const { server } = await ensureCertificates({ dir, plan: PLAN });
  const authority = new X509Certificate(server.ca).publicKey;
  assert.ok(new X509Certificate(server.cert).verify(authority));
  assert.ok(new X509Certificate(await readFile(combinedFile)).verify(authority));
});

test('client certificates have the form of the vendor, and only the owner can read what is secret', async (t) => {
  const dir = await temporaryDirectory(t);
  const { clientFiles } = await ensureCertificates({ dir, plan: PLAN });
  const { combinedFile } = clientFiles('sender');
  const pem = await readFile(combinedFile, 'utf8');
  assert.deepEqual(pem.match(/-----BEGIN [A-Z ]+-----/g), [
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN ENCRYPTED PRIVATE KEY-----',
  ]);
  assert.match(pem, /^Bag Attributes/);
  const leaf = new X509Certificate(pem);
  assert.equal(leaf.subject, 'CN=Sender\nserialNumber=1.2.3.4');
  assert.equal(leaf.publicKey.asymmetricKeyType, 'rsa');
  assert.equal(leaf.publicKey.asymmetricKeyDetails?.modulusLength, 2048);
  assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.2']);
  for (const name of await readdir(dir)) assert.equal((await stat(join(dir, name))).mode & 0o077, 0, name);
});
