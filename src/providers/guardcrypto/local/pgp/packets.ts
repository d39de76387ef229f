import type { Effort } from '../effort.js';

/** A packet of OpenPGP (RFC 9580 section 4). */
export interface Packet {
  readonly tag: number;
  readonly body: Uint8Array;
}

/** Tag of a packet with others in it, compressed. */
export const COMPRESSED_DATA = 8;

/**
 * The packets in a row of bytes, in order; the last is `CUT` where the bytes end before it does, and `NONE` where
 * something else stands. A body of partial or open length, which only messages have, is `NONE` too: `joinParts` first.
 */
export function* packetsOf(bytes: Uint8Array): Generator<Packet | 'CUT' | 'NONE', void> {
  for (let at = 0; at < bytes.length;) {
    const head = headAt(bytes, at);
    if (typeof head === 'string') {
      yield head === 'CUT' ? 'CUT' : 'NONE';
      return;
    }
    const end = head.start + head.length;
    if (end > bytes.length) {
      yield 'CUT';
      return;
    }
    yield { tag: head.tag, body: bytes.subarray(head.start, end) };
    at = end;
  }
}

/**
 * Counts packets before a library reads them: the smallest is two bytes, and costs as much as one of a thousand.
 * @param path the field they come from
 * @throws ProviderError `PROCESSING_LIMIT`
 */
export function countPackets(bytes: Uint8Array, path: readonly string[], effort: Effort): void {
  for (const packet of packetsOf(bytes)) if (packet !== 'CUT') effort.spend('packets', path);
}

/** A packet as it is written today, its length in five octets. */
export function packetBytes({ tag, body }: Packet): Buffer {
  const head = Buffer.from([0xc0 | tag, 0xff, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

/** How a packet begins. */
export interface PacketHead {
  readonly tag: number;
  /** Where the body starts. */
  readonly start: number;
  readonly length: number;
}

/**
 * How the packet at a place begins; `PARTS` where its body comes in parts, each with a length of its own, and `OPEN`
 * where it reaches to the end, whatever comes.
 */
export function headAt(bytes: Uint8Array, at: number): PacketHead | 'CUT' | 'PARTS' | 'OPEN' | 'NONE' {
  const first = bytes[at] ?? 0;
  if ((first & 0x80) === 0) return 'NONE';
  if ((first & 0x40) !== 0) {
    const found = lengthAt(bytes, at + 1);
    if (found === 'CUT') return 'CUT';
    return found.isPart ? 'PARTS' : { tag: first & 0x3f, start: found.start, length: found.length };
  }
  const octets = [1, 2, 4, undefined][first & 3];
  if (octets === undefined) return 'OPEN';
  const start = at + 1 + octets;
  if (start > bytes.length) return 'CUT';
  return { tag: (first & 0x3f) >> 2, start, length: bigEndian(bytes, at + 1, start) };
}

/** A length in the format of today. */
export interface PacketLength {
  /** Where that which is so long starts. */
  readonly start: number;
  readonly length: number;
  /** Whether it is a part, behind which another length follows. */
  readonly isPart: boolean;
}

/** The length that stands at a place; `CUT` where the bytes end within it. */
export function lengthAt(bytes: Uint8Array, at: number): PacketLength | 'CUT' {
  const first = bytes[at] ?? 0;
  const isPart = first >= 224 && first < 255;
  const start = at + (first < 192 || isPart ? 1 : first < 224 ? 2 : 5);
  if (start > bytes.length) return 'CUT';
  if (isPart) return { start, length: 2 ** (first & 0x1f), isPart };
  if (first < 192) return { start, length: first, isPart };
  const length =
    first === 255
      ? bigEndian(bytes, at + 1, start)
      : ((first - 192) << 8) + bigEndian(bytes, at + 1, start) + 192;
  return { start, length, isPart };
}

function bigEndian(bytes: Uint8Array, start: number, end: number): number {
  return bytes.subarray(start, end).reduce((sum, octet) => sum * 256 + octet, 0);
}
