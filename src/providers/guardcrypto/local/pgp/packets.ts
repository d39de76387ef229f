/** A packet of OpenPGP (RFC 9580 section 4). */
export interface Packet {
  readonly tag: number;
  readonly body: Uint8Array;
}

/**
 * The packets in a row of bytes, in order; the last is `CUT` where the bytes end before it does, and `NONE` where
 * something else stands. A body of partial or open length, which only messages have, is `NONE` too.
 */
export function* packetsOf(bytes: Uint8Array): Generator<Packet | 'CUT' | 'NONE', void> {
  for (let at = 0; at < bytes.length;) {
    const head = headAt(bytes, at);
    if (typeof head === 'string') {
      yield head;
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

interface Head {
  readonly tag: number;
  /** Where the body starts. */
  readonly start: number;
  readonly length: number;
}

function headAt(bytes: Uint8Array, at: number): Head | 'CUT' | 'NONE' {
  const first = bytes[at] ?? 0;
  if ((first & 0x80) === 0) return 'NONE';
  const isNew = (first & 0x40) !== 0;
  const tag = isNew ? first & 0x3f : (first & 0x3f) >> 2;
  const octets = isNew ? newLengthOctets(bytes[at + 1]) : [1, 2, 4, undefined][first & 3];
  if (octets === undefined) return 'NONE';
  const start = at + 1 + octets;
  if (start > bytes.length) return 'CUT';
  const field = bytes.subarray(at + 1, start);
  return { tag, start, length: isNew ? newLength(field) : bigEndian(field) };
}

/** How many octets say a length in the format of today; a missing one is one that is missing. */
function newLengthOctets(first = 0): number | undefined {
  if (first < 192) return 1;
  if (first < 224) return 2;
  return first === 255 ? 5 : undefined;
}

function newLength(field: Uint8Array): number {
  const [first = 0, second = 0] = field;
  if (field.length === 5) return bigEndian(field.subarray(1));
  return field.length === 1 ? first : ((first - 192) << 8) + second + 192;
}

function bigEndian(field: Uint8Array): number {
  return field.reduce((sum, octet) => sum * 256 + octet, 0);
}
