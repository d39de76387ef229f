import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { packetsOf } from '../../../src/providers/guardcrypto/local/pgp/packets.js';
import { verifyMessage as verifyPgp } from '../../../src/providers/guardcrypto/local/pgp/verify-message.js';
import { verifyMessage as verifySmime } from '../../../src/providers/guardcrypto/local/smime/verify-message.js';
import { countSteps } from '../../support/count-steps.js';
import { GnuPg } from '../../support/gnupg.js';
import { compressed, packet } from '../../support/pgp-packets.js';

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const QUOTED = 'Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
const MULTIPART = 'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\r\n\r\n';

const SIGNED_END = '\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nnone\r\n--b--\r\n';

/** Messages that grow, in what makes scanners go back and forth. */
const HOSTILE: Readonly<Record<string, (size: number) => string>> = {
  'blanks in a quoted-printable mail': (size) => QUOTED + ' '.repeat(size),
  'soft line ends with blanks': (size) => QUOTED + '= '.repeat(size / 2),
  'beginnings of PGP messages': (size) => '-----BEGIN PGP MESSAGE-----\n'.repeat(size / 28),
  'beginnings of readable messages': (size) => '-----BEGIN PGP SIGNED MESSAGE-----\n'.repeat(size / 35),
  'beginnings of PEM': (size) => '-----BEGIN PKCS7-----\n'.repeat(size / 22),
  'header fields': (size) => 'a: b\r\n'.repeat(size / 6),
  'folded lines': (size) => `Content-Type: text/plain${'\r\n '.repeat(size / 3)}`,
  'parameters of a type': (size) => `Content-Type: multipart/signed${';a=b'.repeat(size / 4)}`,
  comments: (size) => `Content-Type: ${'('.repeat(size)}`,
  boundaries: (size) => MULTIPART + '--b\r\n'.repeat(size / 5),
  'line ends': (size) => MULTIPART + '\r\n'.repeat(size / 2),
  'short lines in a signed part': (size) => `${MULTIPART}--b\r\n\r\n${'a\n'.repeat(size / 2)}${SIGNED_END}`,
};

const SIZE = 84_000;
const isOurs = (url: string) => url.includes('/guardcrypto/local/');

for (const [name, make] of Object.entries(HOSTILE))
  test(`twice as many ${name} take no more than twice the steps`, async () => {
    const steps = (size: number) =>
      countSteps(isOurs, async () => {
        const message = make(size);
        const now = new Date();
        await verifyPgp({ message, keys: [] }, now).catch(() => undefined);
        await verifySmime({ message, trusted: [] }, now).catch(() => undefined);
      });
    await steps(100);
    const [once, twice] = [await steps(SIZE), await steps(2 * SIZE)];
    assert(once > 0, 'steps are counted');
    assert(twice <= 2.2 * once + 200, `${once} steps, then ${twice}`);
  });

for (const [name, first] of [
  ['of one byte', 1],
  ['of one byte behind one of 512', 512],
] as const)
  test(`parts ${name} that a packet comes in are put together in few steps each, libraries included`, async () => {
    const parts = 100_000;
    const steps = await countSteps(
      () => true,
      async () => {
        const message = inParts(Buffer.alloc(parts), first);
        await assert.rejects(verifyPgp({ message, keys: [] }, new Date()), { code: 'INVALID_INPUT' });
      },
    );
    assert(steps < 25 * parts, `${steps} steps`);
  });

test('what comes in parts is verified as what comes whole, and what is cut off in a part is none', async (t) => {
  const gpg = await GnuPg.open(t);
  await gpg.newKey('<anton@example.com>', 'ed25519');
  const keys = [await gpg.publicKey('anton@example.com')];
  const signed = await gpg.run(['--sign', '--compress-algo', 'none'], 'Twelve euros.');
  const [onePass, literal, signature] = [...packetsOf(signed)].map((one) =>
    typeof one === 'object' ? one : assert.fail(one),
  );
  assert(onePass && literal && signature);
  const around = [packet(onePass.tag, onePass.body), packet(signature.tag, signature.body)] as const;
  const message = Buffer.concat([around[0], inParts(literal.body, 1, literal.tag), around[1]]);
  assert.equal((await gpg.run(['--decrypt'], message)).toString(), 'Twelve euros.');
  const verify = (bytes: Uint8Array) => crypto.verifyPgp({ message: Uint8Array.from(bytes), keys });
  const { isVerified, content } = await verify(message);
  assert.deepEqual([isVerified, Buffer.from(content).toString()], [true, 'Twelve euros.']);
  assert.equal((await verify(compressed(message))).isVerified, true);
  for (const end of [around[0].length + 1, around[0].length + 8, message.length - 1])
    await assert.rejects(verify(message.subarray(0, end)), { code: 'INVALID_INPUT', path: ['message'] });
});

/** A packet in parts of one byte but the first (RFC 9580 section 4.2.1.4). @param tag default: of literal data */
function inParts(body: Uint8Array, first: 1 | 512, tag = 11): Buffer {
  const parts = Buffer.alloc(2 * (body.length - first - 1));
  for (const [index, octet] of body.subarray(first, -1).entries()) parts.set([0xe0, octet], 2 * index);
  const begin = [0xc0 | tag, 0xe0 | Math.log2(first), ...body.subarray(0, first)];
  return Buffer.concat([Buffer.from(begin), parts, Buffer.from([1, ...body.subarray(-1)])]);
}

for (const algorithm of ['zip', 'zlib', 'bzip2'])
  test(`what ${algorithm} unfolds to is capped, also within another layer`, async (t) => {
    const gpg = await GnuPg.open(t);
    const pack = (input: Uint8Array) => gpg.run(['--store', '--compress-algo', algorithm], input);
    const bomb = await pack(Buffer.alloc(40 * 1024 * 1024));
    const verify = (message: Uint8Array, maxContentBytes?: number) =>
      crypto.verifyPgp({ message: Uint8Array.from(message), keys: [], maxContentBytes });
    await assert.rejects(verify(bomb), { code: 'TOO_LARGE', path: ['message'] });
    await assert.rejects(verify(bomb, 32 * 1024 * 1024), { code: 'TOO_LARGE' });
    for (const algorithmOutside of ['zip', 'zlib'] as const)
      await assert.rejects(verify(compressed(bomb, algorithmOutside)), {
        code: 'TOO_LARGE',
        path: ['message'],
      });
    await assert.rejects(verify(await pack(bomb)), { code: 'INVALID_INPUT' }, 'a file within a message');
  });

test('layers of compression are counted, and several in a row are no message', async (t) => {
  const gpg = await GnuPg.open(t);
  const plain = await gpg.run(['--store', '--compress-algo', 'none'], 'Twelve euros.');
  const verify = (message: Uint8Array) => crypto.verifyPgp({ message: Uint8Array.from(message), keys: [] });
  let deep = plain;
  for (let layer = 0; layer < 9; layer += 1) deep = compressed(deep);
  const tooLarge = { code: 'TOO_LARGE', path: ['message'], message: /compressed more than 8 times/ };
  await assert.rejects(verify(deep), tooLarge);
  const row = Buffer.concat(Array.from({ length: 9 }, () => compressed(plain)));
  await assert.rejects(verify(row), { code: 'INVALID_INPUT', path: ['message'] });
});
