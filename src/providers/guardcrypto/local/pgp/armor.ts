import { labelledBlocks } from '../text-blocks.js';

/** Whether it is OpenPGP without armor: the first octet of a packet has its highest bit set, no text does. */
export function isBinaryPgp(bytes: Uint8Array): boolean {
  return (bytes[0] ?? 0) >= 0x80 && !isByteOrderMark(bytes);
}

/** Every armored block of these kinds in a text, with its marks. */
export function armorBlocks(text: string, ...kinds: readonly string[]): string[] {
  return labelledBlocks(
    text,
    kinds.map((kind) => `PGP ${kind}`),
  ).map((block) => block.text);
}

function isByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}
