import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { createLocalCrypto } from '../../../src/providers/guardcrypto/local/index.js';
import { packetsOf } from '../../../src/providers/guardcrypto/local/pgp/packets.js';
import { GnuPg } from '../../support/gnupg.js';
import { compressed, packet } from '../../support/pgp-packets.js';

// Packets that every reader passes over may hold anything: they change no verdict, and are told.

const crypto = createLocalCrypto({ budgetMs: 120_000 });
after(() => crypto.close());

const TEXT = 'Pay 12 euros.\n';
const MORE = Buffer.from('Pay 9999 euros.');
/** RFC 9580 sections 4.3 and 5: what is to be ignored, by the tag of the packet. */
const IGNORED: Readonly<Record<string, Buffer>> = {
  'a marker': packet(10, Buffer.from('PGP')),
  'trust of a key ring': packet(12, MORE),
  padding: packet(21, MORE),
  'a packet of a type to come': packet(40, MORE),
  'a comment of GnuPG of old': packet(61, MORE),
  'a private packet': packet(60, MORE),
};

const gpg = await GnuPg.open({ after });
await gpg.newKey('<anton@example.com>', 'ed25519');
const key = await gpg.publicKey('anton@example.com');
const keyBytes = await gpg.run(['--export', 'anton@example.com']);
const parted = (bytes: Uint8Array) =>
  [...packetsOf(bytes)].map((one) =>
    typeof one === 'string' ? assert.fail(one) : packet(one.tag, one.body),
  );
const opaque = parted(await gpg.run(['--sign', '--compress-algo', 'none'], TEXT));
const detached = await gpg.run(['--detach-sign'], TEXT);

async function verify(
  message: string | Uint8Array,
  signature?: Uint8Array,
  keys: (string | Uint8Array)[] = [key],
) {
  const given = typeof message === 'string' ? message : Uint8Array.from(message);
  const beside = signature && Uint8Array.from(signature);
  const { isVerified, isWhole, content, signatures } = await crypto.verifyPgp({
    message: given,
    keys,
    ...(beside && { signature: beside }),
  });
  const told = { isVerified, isWhole, text: Buffer.from(content).toString() };
  return { ...told, outcomes: signatures.map(({ outcome }) => outcome) };
}

const good = (isWhole: boolean) => ({ isVerified: true, isWhole, text: TEXT, outcomes: ['GOOD'] });
const armor = (label: string, bytes: Uint8Array) =>
  `-----BEGIN PGP ${label}-----\n\n${Buffer.from(bytes).toString('base64')}\n-----END PGP ${label}-----\n`;

/** The same with something at every place between its packets. */
const everywhere = (packets: readonly Uint8Array[], more: Uint8Array) =>
  Array.from({ length: packets.length + 1 }, (_, at) => Buffer.concat(packets.toSpliced(at, 0, more)));

describe('packets that are passed over', () => {
  it('what GnuPG writes is whole, compressed or not', async () => {
    for (const algorithm of ['none', 'zip', 'zlib'])
      assert.deepEqual(
        await verify(await gpg.run(['--sign', '--compress-algo', algorithm], TEXT)),
        good(true),
      );
    assert.deepEqual(await verify(TEXT, detached), good(true));
  });

  it('of what BZip2 unfolds to it is not said that it is whole', async () => {
    assert.deepEqual(await verify(await gpg.run(['--sign', '--compress-algo', 'bzip2'], TEXT)), good(false));
  });

  for (const [name, more] of Object.entries(IGNORED)) {
    it(`${name} within a signed message is told, wherever it stands`, async () => {
      for (const message of everywhere(opaque, more)) {
        assert.deepEqual(await verify(message), good(false));
        assert.deepEqual(await verify(armor('MESSAGE', message)), good(false));
        assert.deepEqual(await verify(compressed(message)), good(false), 'within what is compressed');
      }
      for (const message of everywhere([compressed(Buffer.concat(opaque))], more))
        assert.deepEqual(await verify(message), good(false), 'around what is compressed');
    });

    it(`${name} beside a signature is told, wherever it stands`, async () => {
      for (const signature of everywhere([detached], more)) {
        assert.deepEqual(await verify(TEXT, signature), good(false));
        const armored = Buffer.from(armor('SIGNATURE', signature));
        assert.deepEqual(await verify(TEXT, armored), good(false));
        assert.match(await gpg.verify(armored, TEXT), /GOODSIG/, 'GnuPG');
      }
    });

    it(`${name} within a key changes nothing that is said of it`, async () => {
      const facts = await crypto.inspectPgpKey(key);
      for (const bytes of everywhere(parted(keyBytes), more).slice(1)) {
        assert.deepEqual(await crypto.inspectPgpKey(new Uint8Array(bytes)), facts);
        assert.deepEqual(await verify(TEXT, detached, [new Uint8Array(bytes)]), good(true));
      }
    });

    it(`${name} alone is no signature, no message and no key`, async () => {
      const refused = { code: 'INVALID_INPUT' };
      await assert.rejects(verify(TEXT, more), refused);
      await assert.rejects(verify(more), refused);
      await assert.rejects(crypto.inspectPgpKey(new Uint8Array(more)), refused);
    });
  }

  for (const [what, at, octet, isGoodToGnuPg] of [
    ['another version', 0, 9, false],
    ['another type', 1, 1, true],
    ['another hash', 2, 9, false],
    ['another algorithm', 3, 17, true],
  ] as const)
    it(`a signature that is announced as one of ${what} is none`, async () => {
      const [onePass = assert.fail('nothing'), ...rest] = opaque;
      const [begin] = packetsOf(onePass);
      const body = Buffer.from(typeof begin === 'object' ? begin.body : assert.fail('no packet'));
      assert.notEqual(body[at], octet);
      body[at] = octet;
      const message = Buffer.concat([packet(4, body), ...rest]);
      await assert.rejects(verify(message), { code: 'INVALID_INPUT', path: ['message'] });
      const theirs = async (bytes: Uint8Array) =>
        (await gpg.try(['--status-fd', '1', '--verify'], bytes)).stdout.toString();
      assert.match(await theirs(Buffer.concat(opaque)), /GOODSIG/, 'GnuPG');
      assert.equal(/GOODSIG/.test(await theirs(message)), isGoodToGnuPg, 'GnuPG');
    });

  for (const [what, type, outcomes] of [
    ['a notation', 20, ['GOOD']],
    ['a packet of a type to come', 99, ['GOOD']],
    ['a packet of a type to come that must be known', 99 | 0x80, ['UNSUPPORTED']],
  ] as const)
    it(`${what} beside what a signature covers is told`, async () => {
      const [found] = packetsOf(detached);
      const body = Buffer.from(typeof found === 'object' ? found.body : assert.fail('no packet'));
      const at = 6 + body.readUInt16BE(4);
      const end = at + 2 + body.readUInt16BE(at);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(end - at - 2 + MORE.length + 2);
      const own = Buffer.concat([Buffer.from([MORE.length + 1, type]), MORE]);
      const signature = packet(
        2,
        body.subarray(0, at),
        length,
        body.subarray(at + 2, end),
        own,
        body.subarray(end),
      );
      const isGood = outcomes[0] === 'GOOD';
      assert.deepEqual(await verify(TEXT, signature), {
        ...good(false),
        isVerified: isGood,
        outcomes: [...outcomes],
      });
      assert.equal(
        /GOODSIG/.test(await gpg.verify(Buffer.from(armor('SIGNATURE', signature)), TEXT)),
        isGood,
        'GnuPG',
      );
    });

  const CREATED = [5, 2, 1, 2, 3, 4];
  for (const [what, rest] of [
    ['covers more than there is', [0xff, 0xff, ...CREATED]],
    ['ends behind what it covers', [0, 6, ...CREATED]],
    ['holds more beside than there is', [0, 6, ...CREATED, 0xff, 0xff, 5, 20]],
    ['holds something of a cut length', [0, 6, ...CREATED, 0, 2, 255, 1, 0, 0]],
  ] as const)
    it(`a signature of an algorithm nobody knows that ${what} is told as that`, async () => {
      const signature = packet(2, Buffer.from([4, 0, 99, 8, ...rest]));
      const { isVerified, outcomes } = await verify(TEXT, signature);
      assert.deepEqual([isVerified, outcomes], [false, ['UNSUPPORTED']]);
    });

  it('a marker that is none is refused', async () => {
    const marker = packet(10, MORE);
    for (const message of everywhere(opaque, marker))
      await assert.rejects(verify(message), { code: 'INVALID_INPUT', path: ['message'] });
    for (const signature of everywhere([detached], marker))
      await assert.rejects(verify(TEXT, signature), { code: 'INVALID_INPUT', path: ['signature'] });
  });

  it('a packet that must be known and is not is refused, wherever it stands', async () => {
    const unknown = packet(30, MORE);
    for (const message of everywhere(opaque, unknown))
      await assert.rejects(verify(message), { code: 'INVALID_INPUT', path: ['message'] });
    for (const signature of everywhere([detached], unknown))
      await assert.rejects(verify(TEXT, signature), { code: 'INVALID_INPUT', path: ['signature'] });
    for (const bytes of everywhere(parted(keyBytes), unknown))
      await assert.rejects(crypto.inspectPgpKey(new Uint8Array(bytes)), { code: 'INVALID_INPUT' });
  });

  it('a signature of another version within a message is judged, not passed over', async () => {
    const [begin = MORE, literal = MORE, signature = MORE] = opaque;
    const [other] = [...packetsOf(signature)];
    assert(typeof other === 'object');
    const unknown = packet(2, Buffer.from([7]), other.body.subarray(1));
    const { isVerified, outcomes } = await verify(Buffer.concat([begin, begin, literal, unknown, signature]));
    assert.deepEqual([isVerified, [...outcomes].sort()], [false, ['GOOD', 'UNSUPPORTED']]);
  });

  it('bytes behind what is compressed, within its packet, are told', async () => {
    const message = packet(8, Buffer.from([1]), deflateRawSync(Buffer.concat(opaque)), MORE);
    assert.deepEqual(await verify(message), good(false));
  });

  it('the name of a file in a message is told: nothing covers it', async () => {
    const named = await gpg.run(
      ['--sign', '--compress-algo', 'none', '--set-filename', 'Pay 9999.txt'],
      TEXT,
    );
    assert.deepEqual(await verify(named), good(false));
  });
});
