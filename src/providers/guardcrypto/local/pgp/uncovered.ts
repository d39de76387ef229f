/** Octets of the lengths of subpackets, by the version of a signature (RFC 9580 section 5.2.3). */
const LENGTH_OCTETS: Readonly<Record<number, number>> = { 4: 2, 6: 4 };
const [ISSUER, ISSUER_FINGERPRINT] = [16, 33];
const [CRITICAL, TYPE] = [0x80, 0x7f];

/**
 * What a signature holds beside what it covers: nothing, or no more than who has made it; things anybody can have put
 * there; or something that whoever reads it has to know, and does not.
 * @param body of a signature packet
 */
export function besideCovered(body: Uint8Array): 'NOTHING' | 'SOMETHING' | 'UNKNOWN' {
  const octets = LENGTH_OCTETS[body[0] ?? 0];
  if (octets === undefined) return 'NOTHING';
  const bytes = Buffer.from(body);
  const covered = 4 + octets;
  const start = covered + numberAt(bytes, 4, octets);
  const end = start + octets + numberAt(bytes, start, octets);
  // One of an algorithm that is not known was read no further than that.
  if (end > bytes.length) return 'UNKNOWN';
  let beside: 'NOTHING' | 'SOMETHING' = 'NOTHING';
  for (let at = start + octets; at < end;) {
    const [length, head] = lengthAt(bytes, at);
    const octet = bytes[at + head] ?? 0;
    const isIssuer = (octet & TYPE) === ISSUER || (octet & TYPE) === ISSUER_FINGERPRINT;
    if (!isIssuer && (octet & CRITICAL) !== 0) return 'UNKNOWN';
    if (!isIssuer) beside = 'SOMETHING';
    at += head + length;
  }
  return beside;
}

/** Length of a subpacket, its type included, and of that length (RFC 9580 section 5.2.3.7). */
function lengthAt(bytes: Buffer, at: number): [length: number, octets: number] {
  const first = bytes[at] ?? 0;
  if (first < 192) return [first, 1];
  if (first < 255) return [((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192, 2];
  return [numberAt(bytes, at + 1, 4), 5];
}

/** Infinite where the bytes end before it does. */
function numberAt(bytes: Buffer, at: number, octets: number): number {
  return at + octets > bytes.length ? Infinity : bytes.readUIntBE(at, octets);
}
