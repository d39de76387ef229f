import { createHash } from 'node:crypto';
import { packetBytes, packetsOf } from './packets.js';

const [SIGNATURE, PUBLIC_KEY, USER_ID, SUBKEY, USER_ATTRIBUTE] = [2, 6, 13, 14, 17];
const [FIRST_CERTIFICATION, LAST_CERTIFICATION] = [0x10, 0x13];
const ID_OCTETS = 8;

/** Keys, and what others have certified of them. */
export interface Certified {
  /** Packets, without those certifications. */
  readonly bytes: Uint8Array;
  /** How many there are, by user id. */
  readonly certifications: ReadonlyMap<string, number>;
}

/**
 * Takes out of keys what others have certified: their keys are not here, so nobody can check it, and a library takes long
 * to read very many. Every signature of a key itself has the id of that somewhere.
 * @param block as `keyBlocks` has it
 * @param spend is told of each signature that may be of a key itself, and may throw
 */
export function withoutCertifications(block: Uint8Array, spend: () => void): Certified {
  const kept: Buffer[] = [];
  const certifications = new Map<string, number>();
  let [id, userId]: [id: Buffer | undefined, userId: string | undefined] = [undefined, undefined];
  for (const packet of packetsOf(block)) {
    if (typeof packet === 'string') break;
    const { tag, body } = packet;
    if (tag === PUBLIC_KEY) id = keyIdOf(body);
    if (tag === USER_ID) userId = new TextDecoder().decode(body);
    if (tag === PUBLIC_KEY || tag === SUBKEY || tag === USER_ATTRIBUTE) userId = undefined;
    if (tag === SIGNATURE && userId !== undefined && isCertification(body) && !isBy(id, body)) {
      certifications.set(userId, (certifications.get(userId) ?? 0) + 1);
      continue;
    }
    if (tag === SIGNATURE) spend();
    kept.push(packetBytes(packet));
  }
  return { bytes: new Uint8Array(Buffer.concat(kept)), certifications };
}

function isCertification([version, type = 0]: Uint8Array): boolean {
  return (version === 4 || version === 6) && type >= FIRST_CERTIFICATION && type <= LAST_CERTIFICATION;
}

function isBy(id: Buffer | undefined, body: Uint8Array): boolean {
  return id === undefined || Buffer.from(body.buffer, body.byteOffset, body.length).includes(id);
}

/** RFC 9580 section 5.5.4. */
function keyIdOf(body: Uint8Array): Buffer {
  const isOld = body[0] === 4;
  const head = Buffer.from(isOld ? [0x99, 0, 0] : [0x9b, 0, 0, 0, 0]);
  if (isOld) head.writeUInt16BE(body.length & 0xffff, 1);
  else head.writeUInt32BE(body.length, 1);
  const fingerprint = createHash(isOld ? 'sha1' : 'sha256')
    .update(head)
    .update(body)
    .digest();
  return isOld ? fingerprint.subarray(-ID_OCTETS) : fingerprint.subarray(0, ID_OCTETS);
}
