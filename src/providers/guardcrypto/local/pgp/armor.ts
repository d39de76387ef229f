import { linesOf, withoutTrailingBlanks } from '../mime/lines.js';
import { areAlone, labelledBlocks, type TextBlock } from '../text-blocks.js';

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
  return armoredBlocks(bytes.toString('latin1'), kinds).map((block) => fromArmor(block.text));
}

/** Whether nothing but blanks stands around what `binaryPgp` finds. */
export function isOnlyPgp(bytes: Buffer, ...kinds: readonly string[]): boolean {
  const text = bytes.toString('latin1');
  return isBinaryPgp(bytes) || areAlone(text, armoredBlocks(text, kinds));
}

function armoredBlocks(text: string, kinds: readonly string[]): TextBlock[] {
  return labelledBlocks(
    text,
    kinds.map((kind) => `PGP ${kind}`),
  );
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
