import { ProviderError } from '../../../../provider-error.js';
import { joinParts } from './join-parts.js';
import { packetsOf, type Packet } from './packets.js';

/** Packets in a row, without those that mean nothing. */
export interface FoundPackets {
  readonly packets: readonly Packet[];
  /** Whether no such packets stand among them. */
  readonly isAlone: boolean;
}

/** Packets in one message at the most: programs write three, and two more for each signature. */
const MAX_PACKETS = 1_000;

/**
 * The packets of a message or of a signature. Undefined when something else stands there.
 * @param field the caller's, with the bytes
 * @throws ProviderError `PROCESSING_LIMIT` when there are too many
 */
export function findPackets(bytes: Uint8Array, field: string): FoundPackets | undefined {
  const joined = joinParts(bytes);
  if (joined === undefined) return undefined;
  const packets: Packet[] = [];
  let count = 0;
  for (const packet of packetsOf(joined)) {
    count += 1;
    if (typeof packet === 'string') return undefined;
    if (count > MAX_PACKETS) throw tooMany(field);
    if (packet.tag === MARKER && !MARK.equals(packet.body)) return undefined;
    if (!isIgnored(packet.tag)) packets.push(packet);
  }
  return { packets, isAlone: packets.length === count };
}

function tooMany(field: string): ProviderError {
  const message = `${field} has more than ${MAX_PACKETS} packets.`;
  return new ProviderError('PROCESSING_LIMIT', { path: [field], message });
}

const [MARKER, TRUST, PADDING, FIRST_UNCRITICAL] = [10, 12, 21, 40];
/** All a marker may hold; GnuPG refuses any other. */
const MARK = Buffer.from('PGP');

/** What whoever reads a message passes over (RFC 9580 sections 4.3, 5.8, 5.10 and 5.14). */
function isIgnored(tag: number): boolean {
  return tag === MARKER || tag === TRUST || tag === PADDING || tag >= FIRST_UNCRITICAL;
}
