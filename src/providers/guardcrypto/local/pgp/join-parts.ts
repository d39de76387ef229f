import { headAt, lengthAt, packetBytes } from './packets.js';

/** Literal, compressed and encrypted data (RFC 9580 section 4.2.1.4). */
const MAY_COME_IN_PARTS: ReadonlySet<number> = new Set([8, 9, 11, 18, 20]);

/**
 * The same packets, each body in one piece and of known length: whoever sends may cut it into parts of one byte, and
 * OpenPGP.js takes some microseconds for each. Undefined where the bytes end within a part, or a packet comes in parts
 * that must not.
 */
export function joinParts(bytes: Uint8Array): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let taken = 0;
  for (let at = 0; at < bytes.length;) {
    const head = headAt(bytes, at);
    if (head === 'PARTS' || head === 'OPEN') {
      const tag = ((bytes[at] ?? 0) & 0x3f) >> (head === 'OPEN' ? 2 : 0);
      if (!MAY_COME_IN_PARTS.has(tag)) return undefined;
      const body = head === 'OPEN' ? restAt(bytes, at + 1) : bodyAt(bytes, at + 1);
      if (body === undefined) return undefined;
      pieces.push(bytes.subarray(taken, at), packetBytes({ tag, body: body.bytes }));
      at = body.end;
      taken = at;
    } else if (typeof head === 'string') break;
    else at = head.start + head.length;
  }
  return pieces.length === 0 ? bytes : new Uint8Array(Buffer.concat([...pieces, bytes.subarray(taken)]));
}

interface JoinedBody {
  readonly bytes: Uint8Array;
  readonly end: number;
}

function restAt(bytes: Uint8Array, from: number): JoinedBody {
  return { bytes: bytes.subarray(from), end: bytes.length };
}

/** The parts of a body, put together. */
function bodyAt(bytes: Uint8Array, from: number): JoinedBody | undefined {
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
