import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { verifyMessage as verifyPgp } from '../../../src/providers/guardcrypto/local/pgp/verify-message.js';
import { verifyMessage as verifySmime } from '../../../src/providers/guardcrypto/local/smime/verify-message.js';
import { countSteps } from '../../support/count-steps.js';
import { GnuPg } from '../../support/gnupg.js';
import { compressed } from '../../support/pgp-packets.js';

const crypto = createLocalCrypto();
after(() => crypto.close());

const QUOTED = 'Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
const MULTIPART = 'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\r\n\r\n';

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

test('layers of compression are counted, whether within one another or in a row', async (t) => {
  const gpg = await GnuPg.open(t);
  const plain = await gpg.run(['--store', '--compress-algo', 'none'], 'Twelve euros.');
  const verify = (message: Uint8Array) => crypto.verifyPgp({ message: Uint8Array.from(message), keys: [] });
  let deep = plain;
  for (let layer = 0; layer < 9; layer += 1) deep = compressed(deep);
  const tooLarge = { code: 'TOO_LARGE', path: ['message'], message: /compressed more than 8 times/ };
  await assert.rejects(verify(deep), tooLarge);
  await assert.rejects(verify(Buffer.concat(Array.from({ length: 9 }, () => compressed(plain)))), tooLarge);
});
