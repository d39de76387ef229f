import { deflateRawSync, deflateSync } from 'node:zlib';

const [COMPRESSED_DATA, ZIP, ZLIB] = [8, 1, 2];

/** A packet of OpenPGP in the format of today, its length in five octets. */
export function packet(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.from([0xc0 | tag, 0xff]), length, body]);
}

/** Packets in a compressed one. */
export function compressed(packets: Uint8Array, algorithm: 'zip' | 'zlib' = 'zip'): Buffer {
  const [octet, compress] = algorithm === 'zip' ? [ZIP, deflateRawSync] : [ZLIB, deflateSync];
  return packet(COMPRESSED_DATA, Buffer.from([octet]), compress(packets));
}
