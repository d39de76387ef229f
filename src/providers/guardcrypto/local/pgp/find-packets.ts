import type { Effort } from '../effort.js';
import { joinParts } from './join-parts.js';
import { packetsOf, type Packet } from './packets.js';

/** Packets in a row, without those that mean nothing. */
export interface FoundPackets {
  readonly packets: readonly Packet[];
  /** Whether no such packets stand among them. */
  readonly isAlone: boolean;
}

/**
 * The packets of a message or of a signature. Undefined when something else stands there.
 * @param field the caller's, with the bytes
 * @throws ProviderError `PROCESSING_LIMIT` when there are too many
 */
export function findPackets(bytes: Uint8Array, field: string, effort: Effort): FoundPackets | undefined {
  const joined = joinParts(bytes);
  if (joined === undefined) return undefined;
  const packets: Packet[] = [];
  let count = 0;
  for (const packet of packetsOf(joined)) {
    count += 1;
    if (typeof packet === 'string') return undefined;
    effort.spend('packets', [field]);
    if (packet.tag === MARKER && !MARK.equals(packet.body)) return undefined;
    if (!isIgnored(packet.tag)) packets.push(packet);
  }
  return { packets, isAlone: packets.length === count };
}

const [MARKER, TRUST, PADDING, FIRST_UNCRITICAL] = [10, 12, 21, 40];
/** All a marker may hold; GnuPG refuses any other. */
const MARK = Buffer.from('PGP');

/** What whoever reads a message passes over (RFC 9580 sections 4.3, 5.8, 5.10 and 5.14). */
function isIgnored(tag: number): boolean {
  return tag === MARKER || tag === TRUST || tag === PADDING || tag >= FIRST_UNCRITICAL;
}
