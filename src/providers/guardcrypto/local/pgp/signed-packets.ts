import { readSignature } from 'openpgp';
import type { FoundPackets } from './find-packets.js';
import { packetBytes, type Packet } from './packets.js';

const [SIGNATURE, ONE_PASS_SIGNATURE, LITERAL_DATA] = [2, 4, 11];
/** Keys to what is encrypted, and encrypted data. */
const ENCRYPTED: ReadonlySet<number> = new Set([1, 3, 9, 18, 20]);

/** A signature, or what stands in its place. */
export interface WrittenPacket {
  write(): Uint8Array;
}

/** Content and the packets that are signatures of it. */
export interface SignedPackets {
  readonly content: Uint8Array;
  readonly signatures: readonly WrittenPacket[];
  /** Whether nothing stands beside the signatures and what they cover. */
  readonly isAlone: boolean;
}

/** Whether packets are those of an encrypted message. */
export function areEncrypted({ packets }: FoundPackets): boolean {
  return packets.some(({ tag }) => ENCRYPTED.has(tag));
}

/**
 * A message that holds what is signed (RFC 9580 section 10.3): a beginning for each signature, the content, and the
 * signatures; or, as of old, the signatures and the content. Undefined when it is another, or a signature is malformed.
 */
export async function signedPackets({ packets, isAlone }: FoundPackets): Promise<SignedPackets | undefined> {
  const at = packets.findIndex(({ tag }) => tag === LITERAL_DATA);
  const content = packets[at]?.body;
  const [before, behind] = [packets.slice(0, at), packets.slice(at + 1)];
  const isOnePass = before.length === behind.length && areAll(before, ONE_PASS_SIGNATURE);
  const [signatures, rest] = isOnePass ? [behind, []] : [before, behind];
  if (content === undefined || rest.length > 0) return undefined;
  // The first that begins is the last that ends.
  if (isOnePass && !before.every((begin, index) => announces(begin, behind.at(-1 - index)))) return undefined;
  const read = await readSignatures(signatures);
  const start = LITERAL_OCTETS + (content[1] ?? 0);
  if (read === undefined || start > content.length) return undefined;
  // The name of a file is not covered, and some programs show it.
  const isNamed = start > LITERAL_OCTETS;
  return { content: content.subarray(start), signatures: read, isAlone: isAlone && !isNamed };
}

/** Whether the beginning of a signature says of it what it is, as far as that is known here. */
function announces({ body: [version, ...told] }: Packet, signature: Packet | undefined): boolean {
  const [own, type, algorithm, hash] = partsOf(signature?.body ?? new Uint8Array());
  if (own === undefined) return true;
  return version === (own === 6 ? 6 : 3) && told[0] === type && told[1] === hash && told[2] === algorithm;
}

/** Version, type, and algorithms of key and hash of a signature (RFC 9580 section 5.2); nothing of unknown versions. */
function partsOf(body: Uint8Array): (number | undefined)[] {
  const [version, first, second, third] = body;
  if (version === 3) return [version, body[2], body[15], body[16]];
  return version === 4 || version === 6 ? [version, first, second, third] : [];
}

/** Octets of literal data before its content: format, length of a name, and date; the name comes beside them. */
const LITERAL_OCTETS = 6;

/** Signatures that stand by themselves. Undefined when something else stands there, or one is malformed. */
export async function readSignatures(packets: readonly Packet[]): Promise<WrittenPacket[] | undefined> {
  if (!areAll(packets, SIGNATURE)) return undefined;
  if (packets.length === 0) return [];
  const binarySignature = new Uint8Array(Buffer.concat(packets.map(packetBytes)));
  return readSignature({ binarySignature }).then(
    (signature) => signature.packets,
    () => undefined,
  );
}

function areAll(packets: readonly Packet[], wanted: number): boolean {
  return packets.every(({ tag }) => tag === wanted);
}
