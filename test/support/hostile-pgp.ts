import { deflateRawSync, deflateSync } from 'node:zlib';
import { enums, generateKey, PacketList, readKey, SignaturePacket, type Key } from 'openpgp';
import type { LocalCrypto } from '../../src/providers/guardcrypto/local/index.js';
import { packet } from './pgp-packets.js';
import { runProgram } from './run-program.js';

/** What asks for much more work than its size suggests: a call of local cryptography. */
export type HostileCall = {
  readonly [Method in 'inspectPgpKey' | 'verifyPgp' | 'verifySmime']: {
    readonly name: string;
    readonly method: Method;
    readonly input: Parameters<LocalCrypto[Method]>[0];
  };
}['inspectPgpKey' | 'verifyPgp' | 'verifySmime'];

const [SIGNATURE, COMPRESSED, PADDING, ZIP, ZLIB, BZIP2] = [2, 8, 21, 1, 2, 3];

/** @param count how often what is cheap to write is written */
export async function hostilePgp(count: number): Promise<HostileCall[]> {
  const empty = Buffer.alloc(2 * count, Buffer.from([0xc0 | PADDING, 0]));
  const key = await anyKey();
  const flooded = Buffer.concat([key.write(), empty]);
  const armored = (label: string) =>
    `-----BEGIN PGP ${label}-----\n\n1QA=\n-----END PGP ${label}-----\n`.repeat(count / 20);
  const message = (name: string, input: string | Uint8Array) =>
    ({ name, method: 'verifyPgp', input: { message: input, keys: [] } }) as const;
  const ofMessage = (name: string, signature: string | Uint8Array) =>
    ({ name, method: 'verifyPgp', input: { message: 'x', signature, keys: [] } }) as const;
  const inMail = `Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\n`;
  return [
    message('empty packets', empty),
    message('empty packets in zip', pack(ZIP, deflateRawSync(empty))),
    message('empty packets in zlib', pack(ZLIB, deflateSync(empty))),
    message('empty packets in bzip2', pack(BZIP2, await runProgram('bzip2', ['-c'], { input: empty }))),
    message('empty packets in zip in zip', pack(ZIP, deflateRawSync(pack(ZIP, deflateRawSync(empty))))),
    message('armored signatures in a mail', `${inMail}${armored('SIGNATURE')}--b--\r\n`),
    ofMessage('empty packets as a signature', empty),
    ofMessage('armored signatures', armored('SIGNATURE')),
    { name: 'empty packets behind a key', method: 'inspectPgpKey', input: flooded },
    {
      name: 'empty packets behind a key that may have signed',
      method: 'verifyPgp',
      input: { message: 'x', keys: [flooded] },
    },
    { name: 'armored keys', method: 'inspectPgpKey', input: armored('PUBLIC KEY BLOCK') },
    {
      name: 'signatures of a key over itself that all differ',
      method: 'inspectPgpKey',
      input: withSignatures(key, Math.min(count, 3_000)),
    },
    {
      name: 'signatures of a key over itself that all differ, few enough to be read',
      method: 'inspectPgpKey',
      input: withSignatures(key, Math.min(count, 250)),
    },
    {
      name: 'signatures of a key over itself that take back a subkey, and all differ',
      method: 'inspectPgpKey',
      input: withSignatures(key, 1_000, enums.signature.subkeyRevocation),
    },
  ];
}

function pack(algorithm: number, bytes: Uint8Array): Buffer {
  return packet(COMPRESSED, Buffer.from([algorithm]), bytes);
}

async function anyKey(): Promise<Key> {
  const { publicKey } = await generateKey({
    ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs: [{ email: 'anton@example.com' }] },
    format: 'object',
  } as const);
  return readKey({ binaryKey: publicKey.write() });
}

/**
 * A key with many signatures of its own, each another in its last octets, so that none of these fits.
 * @param type default: as they are, of its user id; otherwise those of its subkey are said to be of that type
 */
function withSignatures(key: Key, count: number, type?: number): Uint8Array {
  const wanted = type === undefined ? enums.signature.certGeneric : enums.signature.subkeyBinding;
  const isMeant = (one: SignaturePacket) =>
    (one.signatureType === enums.signature.subkeyBinding) === (wanted === enums.signature.subkeyBinding);
  const packets: Uint8Array[] = [];
  for (const one of key.toPacketList()) {
    const list = new PacketList();
    list.push(one);
    packets.push(list.write());
    if (!(one instanceof SignaturePacket) || !isMeant(one)) continue;
    for (let copy = 1; copy < count; copy += 1) {
      const body = Buffer.from(one.write());
      if (type !== undefined) body[1] = type;
      body.writeUInt16BE(copy, body.length - 2);
      packets.push(packet(SIGNATURE, body));
    }
  }
  return Buffer.concat(packets);
}
