import { linesOf, withoutTrailingBlanks } from '../mime/lines.js';
import { labelledBlocks } from '../text-blocks.js';

/** Whether it is OpenPGP without armor: the first octet of a packet has its highest bit set, no text does. */
export function isBinaryPgp(bytes: Uint8Array): boolean {
  return (bytes[0] ?? 0) >= 0x80 && !isByteOrderMark(bytes);
}

function isByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** The bytes of OpenPGP, whether it comes as such or in armor: of every block that is one of these kinds. */
export function binaryPgp(bytes: Buffer, ...kinds: readonly string[]): Uint8Array[] {
  if (isBinaryPgp(bytes)) return [new Uint8Array(bytes)];
  const labels = kinds.map((kind) => `PGP ${kind}`);
  return labelledBlocks(bytes.toString('latin1'), labels).map((block) => fromArmor(block.text));
}

/** The bytes in one armored block (RFC 9580 section 6.2). The checksum is not looked at, as is said there. */
export function fromArmor(block: string): Uint8Array {
  const base64: string[] = [];
  let isHeader = true;
  for (const { text, start } of linesOf(block)) {
    const line = withoutTrailingBlanks(text);
    if (isHeader) isHeader = start === 0 || line !== '';
    else if (line.startsWith('=') || line.startsWith('-')) break;
    else base64.push(line);
  }
  return new Uint8Array(Buffer.from(base64.join(''), 'base64'));
}
