import { headAt, lengthAt } from './packets.js';

/** Literal, compressed and encrypted data (RFC 9580 section 4.2.1.4). */
const MAY_COME_IN_PARTS: ReadonlySet<number> = new Set([8, 9, 11, 18, 20]);

/**
 * The same packets, each body in one piece and of a length that is told: whoever sends may cut it into parts of one byte,
 * and OpenPGP.js takes some microseconds for each. Undefined where the bytes end within a part, or a packet comes in parts
 * or with an open end that must not.
 */
export function joinParts(bytes: Uint8Array): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let taken = 0;
  for (let at = 0; at < bytes.length;) {
    const head = headAt(bytes, at);
    if (head === 'PARTS') {
      if (!MAY_COME_IN_PARTS.has((bytes[at] ?? 0) & 0x3f)) return undefined;
      const body = bodyAt(bytes, at + 1);
      if (body === undefined) return undefined;
      pieces.push(bytes.subarray(taken, at), headOf(bytes[at] ?? 0, body.bytes.length), body.bytes);
      at = body.end;
      taken = at;
    } else if (head === 'OPEN') {
      const tag = ((bytes[at] ?? 0) & 0x3f) >> 2;
      if (!MAY_COME_IN_PARTS.has(tag)) return undefined;
      const body = bytes.subarray(at + 1);
      pieces.push(bytes.subarray(taken, at), headOf(0xc0 | tag, body.length), body);
      at = taken = bytes.length;
    } else if (typeof head === 'string') break;
    else at = head.start + head.length;
  }
  return pieces.length === 0 ? bytes : new Uint8Array(Buffer.concat([...pieces, bytes.subarray(taken)]));
}

function headOf(first: number, length: number): Buffer {
  const head = Buffer.from([first, 0xff, 0, 0, 0, 0]);
  head.writeUInt32BE(length, 2);
  return head;
}

/** The parts of a body, put together. */
function bodyAt(
  bytes: Uint8Array,
  from: number,
): { readonly bytes: Uint8Array; readonly end: number } | undefined {
  const end = endOfParts(bytes, from);
  if (end === undefined) return undefined;
  const body = Buffer.allocUnsafe(end - from);
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size = 0;
  for (let at = from; at < end;) {
    const part = lengthAt(bytes, at);
    if (part === 'CUT') return undefined;
    at = part.start + part.length;
    size += source.copy(body, size, part.start, at);
  }
  return { bytes: body.subarray(0, size), end };
}

function endOfParts(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; ;) {
    const part = lengthAt(bytes, at);
    if (part === 'CUT') return undefined;
    at = part.start + part.length;
    if (at > bytes.length) return undefined;
    if (!part.isPart) return at;
  }
}
