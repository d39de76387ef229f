import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { createMessage, enums, generateKey, readPrivateKey, revokeKey, sign, type PrivateKey } from 'openpgp';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { GnuPg } from '../../support/gnupg.js';
import { packetsOf } from '../../../src/providers/guardcrypto/local/pgp/packets.js';
import { compressed, packet } from '../../support/pgp-packets.js';

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const TEXT = 'Pay 12 euros.';
const gpg = await GnuPg.open({ after });
await gpg.newKey('Anton <anton@example.com>', 'ed25519');
await gpg.newKey('Mallory <mallory@example.com>', 'ed25519');
const keys = [await gpg.publicKey('anton@example.com'), await gpg.publicKey('mallory@example.com')];
const signed = (args: readonly string[], text: string | Uint8Array = TEXT, by = 'anton@example.com') =>
  gpg.run([...args, '--local-user', by], text);
const clear = (await signed(['--clear-sign'])).toString();

async function verdict(
  message: string | Uint8Array,
  given: readonly (string | Uint8Array)[] = keys,
  signature?: string,
) {
  const own = typeof message === 'string' ? message : Uint8Array.from(message);
  const report = await crypto.verifyPgp({ message: own, signature, keys: given });
  const outcomes = report.signatures.map(({ outcome }) => outcome);
  return { ...report, outcomes, text: Buffer.from(report.content).toString() };
}

describe('an OpenPGP signature covers exactly what is shown', () => {
  it('text before and after a block is not covered', async () => {
    const armored = (await signed(['--sign', '--armor'])).toString();
    for (const block of [clear, armored])
      for (const message of [`Pay 9999 euros.\n${block}`, `${block}\nPay 9999 euros.\n`, block + block]) {
        const { isVerified, isWhole, outcomes, text } = await verdict(message);
        assert.deepEqual([isVerified, isWhole, outcomes, text], [false, false, ['GOOD'], TEXT]);
      }
    assert.equal((await verdict(`\n${clear}\n`)).isVerified, true);
  });

  it('text in the header of a readable block is signed by nobody', async () => {
    const message = clear.replace(/^Hash: .*$/m, '$&\nComment: Pay 9999 euros.');
    await assert.rejects(verdict(message), { code: 'INVALID_INPUT', path: ['message'] });
    assert.equal((await gpg.try(['--verify'], message)).status === 0, false, 'GnuPG');
  });

  it('a readable block with another part behind it is not a signed mail', async () => {
    const mail = `From: a@b.c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n${clear}\r\n--x\r\n\r\nPay 9999 euros.\r\n--x--\r\n`;
    await assert.rejects(verdict(mail), { code: 'INVALID_INPUT', path: ['message'] });
  });

  it('two contents in one message are refused, as GnuPG does', async () => {
    const plain = await gpg.run(['--store', '--compress-algo', 'none'], 'Pay 9999 euros.');
    const opaque = await signed(['--sign', '--compress-algo', 'none']);
    for (const message of [Buffer.concat([plain, opaque]), Buffer.concat([opaque, plain])]) {
      await assert.rejects(verdict(message), { code: 'INVALID_INPUT', path: ['message'] });
      assert.notEqual((await gpg.try(['--decrypt'], message)).status, 0, 'GnuPG');
    }
  });

  it('what is compressed several times over is opened, as GnuPG does', async () => {
    for (const algorithm of ['none', 'zip', 'zlib', 'bzip2']) {
      let message = await signed(['--sign', '--compress-algo', algorithm]);
      for (const outside of ['zip', 'zlib', 'zip'] as const) {
        message = compressed(message, outside);
        const { isVerified, text } = await verdict(message);
        assert.deepEqual([isVerified, text], [true, TEXT], algorithm);
        assert.equal((await gpg.run(['--decrypt'], message)).toString(), TEXT);
      }
    }
  });

  it('what stands beside something compressed is refused, as GnuPG does or takes it for unsigned', async () => {
    const none = ['--compress-algo', 'none'];
    const message = await signed(['--sign', ...none]);
    const plain = await gpg.run(['--store', ...none], 'Pay 9999 euros.');
    const [once, text] = [compressed(message), compressed(plain)];
    const beside = [
      [once, text],
      [text, once],
      [once, plain],
      [plain, once],
    ];
    for (const parts of beside.flatMap((pair) => [pair, [compressed(Buffer.concat(pair))]]))
      await assert.rejects(verdict(Buffer.concat(parts)), { code: 'INVALID_INPUT', path: ['message'] });
    const [onePass = message, literal = message, signature = message] = parted(message);
    for (const around of [
      [onePass, compressed(literal), signature],
      [signature, compressed(literal)],
    ]) {
      const given = Buffer.concat(around);
      await assert.rejects(verdict(given), { code: 'INVALID_INPUT', path: ['message'] });
      const { stdout } = await gpg.try(['--status-fd', '1', '--decrypt'], given);
      assert.doesNotMatch(stdout.toString(), /GOODSIG/, 'GnuPG');
    }
  });

  it('a signed message does not serve as the signature of another', async () => {
    const opaque = (await signed(['--sign', '--armor'])).toString();
    const answer = await verdict('Pay 9999 euros.', keys, opaque).then(
      ({ isVerified }) => isVerified,
      () => false,
    );
    assert.equal(answer, false);
  });

  it('the signer is who the key says, whoever the mail says it is from', async () => {
    const byMallory = (await signed(['--clear-sign'], TEXT, 'mallory@example.com')).toString();
    const { signatures } = await verdict(`From: anton@example.com\n\n${byMallory}`);
    assert.deepEqual(signatures[0]?.userIds, ['Mallory <mallory@example.com>']);
  });

  it('a readable text in Latin-1 is checked as the bytes it is', async () => {
    const text = Buffer.from('Zwölf Euro.\n', 'latin1');
    const message = await signed(['--clear-sign'], text);
    const { isVerified, content } = await verdict(message);
    assert.deepEqual([isVerified, Buffer.from(content)], [true, text.subarray(0, -1)]);
  });
});

describe('what came of an OpenPGP signature is told honestly', () => {
  it('a file of no bytes has a signature like any other', async () => {
    const signature = (await signed(['--detach-sign', '--armor'], '')).toString();
    assert.match(await gpg.verify(signature, ''), /GOODSIG/, 'GnuPG');
    for (const message of ['', new Uint8Array()])
      assert.equal((await verdict(message, keys, signature)).isVerified, true);
    assert.deepEqual((await verdict('x', keys, signature)).outcomes, ['BAD']);
    await assert.rejects(verdict(''), { code: 'INVALID_INPUT', path: ['message'], reason: 'BLANK' });
  });

  it('SHA-1 is weak, and a short hash with Ed25519, and what was changed is bad', async () => {
    const sha1 = await verdict(await signed(['--clear-sign', '--digest-algo', 'SHA1']));
    assert.deepEqual(
      [sha1.isVerified, sha1.outcomes, sha1.signatures[0]?.reason],
      [false, ['WEAK'], 'SHA-1'],
    );
    const sha224 = await verdict(await signed(['--clear-sign', '--digest-algo', 'SHA224']));
    assert.deepEqual(sha224.outcomes, ['WEAK'], 'as RFC 9580 section 5.2.3.3 has it');
    assert.deepEqual((await verdict(clear.replace('12', '9999'))).outcomes, ['BAD']);
  });

  for (const curve of ['brainpoolP256r1', 'secp256k1'])
    it(`keys of ${curve} sign, are looked into and are encrypted to`, async (t) => {
      const own = await GnuPg.open(t);
      await own.run(['--quick-generate-key', 'b@example.com', curve, 'sign', '1y']);
      const [primary = ''] = await own.fingerprints('b@example.com');
      await own.run(['--quick-add-key', primary, curve, 'encrypt', '1y']);
      const key = await own.publicKey('b@example.com');
      const { isSelfSigned, canEncryptNow, userIds } = await crypto.inspectPgpKey(key);
      assert.deepEqual([isSelfSigned, canEncryptNow, userIds[0]?.isSelfSigned], [true, true, true]);
      const { outcomes, signatures } = await verdict(await own.run(['--clear-sign'], TEXT), [key]);
      assert.deepEqual([outcomes, signatures[0]?.userIds], [['GOOD'], ['b@example.com']]);
      for (const others of [[], keys]) {
        const to = { content: TEXT, keys: [key, ...others], form: 'ARMORED' } as const;
        const message = await crypto.encryptPgp(to);
        assert.equal((await own.decrypt(message)).toString(), TEXT);
      }
    });

  it('a key that is too weak is encrypted to no more, and the algorithm is named', async (t) => {
    const own = await GnuPg.open(t);
    for (const [algorithm, named] of [
      ['rsa1024', 'RSA with 1024 bits'],
      ['elg', 'DSA'],
    ] as const) {
      const email = `${algorithm}@example.com`;
      await own.run([
        '--quick-generate-key',
        email,
        algorithm === 'elg' ? 'dsa2048' : algorithm,
        'sign',
        '1y',
      ]);
      const [primary = ''] = await own.fingerprints(email);
      await own.run([
        '--quick-add-key',
        primary,
        algorithm === 'elg' ? 'elg2048' : algorithm,
        'encrypt',
        '1y',
      ]);
      const keys = [await own.publicKey(email)];
      await assert.rejects(crypto.encryptPgp({ content: TEXT, keys, form: 'ARMORED' }), {
        code: 'INVALID_INPUT',
        path: ['keys', '0'],
        message: new RegExp(`cannot be encrypted to: .*${named}`),
      });
    }
  });

  it('a short RSA key is weak, and it says how short', async (t) => {
    const own = await GnuPg.open(t);
    await own.run(['--quick-generate-key', 'r@example.com', 'rsa1024', 'sign', '1y']);
    const answer = await verdict(await own.run(['--clear-sign'], TEXT), [
      await own.publicKey('r@example.com'),
    ]);
    assert.deepEqual([answer.outcomes, answer.signatures[0]?.reason], [['WEAK'], 'RSA with 1024 bits']);
  });

  const HOUR_MS = 3_600_000;
  const now = Math.floor(Date.now() / 1000) * 1000;
  const at = (hours: number) => new Date(now + hours * HOUR_MS);
  const signedBy = async (key: PrivateKey, date: Date) =>
    String(await sign({ message: await createMessage({ text: TEXT }), signingKeys: key, date }));
  const newKey = async (keyExpirationTime?: number) => {
    const options = { type: 'ecc', curve: 'curve25519Legacy', format: 'object', date: at(-10) } as const;
    const ends = keyExpirationTime === undefined ? {} : { keyExpirationTime };
    return (await generateKey({ ...options, userIDs: [{ email: 'd@example.com' }], ...ends })).privateKey;
  };

  it('a signature of the future is not yet valid', async () => {
    const key = await newKey();
    assert.deepEqual((await verdict(await signedBy(key, at(2)), [key.toPublic().write()])).outcomes, [
      'NOT_YET_VALID',
    ]);
  });

  it('a key that has ended since says so beside a good signature', async () => {
    const key = await newKey(5 * 3600);
    const { isVerified, signatures } = await verdict(await signedBy(key, at(-9)), [key.toPublic().write()]);
    assert.deepEqual([isVerified, signatures[0]?.outcome, signatures[0]?.isKeyExpired], [true, 'GOOD', true]);
  });

  for (const [flag, outcome] of [
    ['keyRetired', 'GOOD'],
    ['keySuperseded', 'GOOD'],
    ['keyCompromised', 'REVOKED'],
    ['noReason', 'REVOKED'],
  ] as const)
    it(`a key revoked since as ${flag} leaves its signature ${outcome}`, async () => {
      const key = await newKey();
      const message = await signedBy(await readPrivateKey({ armoredKey: key.armor() }), at(-9));
      const reasonForRevocation = { flag: enums.reasonForRevocation[flag], string: '' };
      const { publicKey } = await revokeKey({ key, reasonForRevocation, date: at(-5), format: 'object' });
      const { isVerified, signatures } = await verdict(message, [publicKey.write()]);
      assert.deepEqual(
        [isVerified, signatures[0]?.outcome, signatures[0]?.isKeyRevoked],
        [outcome === 'GOOD', outcome, true],
      );
    });

  it('a key whose end was moved since has still signed what it signed', async (t) => {
    const own = await GnuPg.open(t);
    const fingerprint = await own.newKey('m@example.com', 'ed25519');
    const message = await own
      .run([
        '--faked-system-time',
        '20260101T000000!',
        '--quick-generate-key',
        'n@example.com',
        'ed25519',
        'sign',
        '1y',
      ])
      .then(() =>
        own.run(
          ['--faked-system-time', '20260201T000000!', '--clear-sign', '--local-user', 'n@example.com'],
          TEXT,
        ),
      );
    const [primary = ''] = await own.fingerprints('n@example.com');
    await own.run(['--quick-set-expire', primary, '2y']);
    assert.notEqual(primary.toLowerCase(), fingerprint);
    assert.deepEqual((await verdict(message, [await own.publicKey('n@example.com')])).outcomes, ['GOOD']);
  });
});

/** A message with its packets apart. */
function parted(message: Uint8Array): Buffer[] {
  return [...packetsOf(message)].map((one) => {
    assert(typeof one === 'object');
    return packet(one.tag, one.body);
  });
}
