import { fromBase64 } from '../base64.js';
import { linesOf, withoutTrailingBlanks } from '../mime/lines.js';
import { areAlone, labelledBlocks, type TextBlock } from '../text-blocks.js';

/** Whether it is OpenPGP without armor: the first octet of a packet has its highest bit set, no text does. */
export function isBinaryPgp(bytes: Uint8Array): boolean {
  return (bytes[0] ?? 0) >= 0x80 && !isByteOrderMark(bytes);
}

function isByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/**
 * The bytes of OpenPGP, whether it comes as such or in armor: of every block that is one of these kinds.
 * @param count is told how many there are, before any is read, and may throw
 */
export function binaryPgp(
  bytes: Buffer,
  kinds: readonly string[],
  count: (blocks: number) => void,
): Uint8Array[] {
  if (isBinaryPgp(bytes)) return [new Uint8Array(bytes)];
  count(blocksBegun(bytes, kinds));
  return armoredBlocks(bytes.toString('latin1'), kinds).map(
    ({ text }) => readArmor(text)?.bytes ?? UNREADABLE,
  );
}

/** How many blocks of these kinds begin, whether they end or not. */
export function blocksBegun(bytes: Buffer, kinds: readonly string[]): number {
  const text = bytes.toString('latin1');
  return kinds.reduce((sum, kind) => sum + text.split(`-----BEGIN PGP ${kind}-----`).length - 1, 0);
}

/** Stands for a block that is none: nothing finds a packet in it. */
const UNREADABLE = new Uint8Array();

/** Whether nothing but blanks stands around what `binaryPgp` finds, and nothing beside it in the armor. */
export function isOnlyPgp(bytes: Buffer, kinds: readonly string[]): boolean {
  if (isBinaryPgp(bytes)) return true;
  const text = bytes.toString('latin1');
  const blocks = armoredBlocks(text, kinds);
  return areAlone(text, blocks) && blocks.every((block) => readArmor(block.text)?.hasHeaders === false);
}

function armoredBlocks(text: string, kinds: readonly string[]): TextBlock[] {
  return labelledBlocks(
    text,
    kinds.map((kind) => `PGP ${kind}`),
  );
}

/** What stands in one armored block. */
export interface Armor {
  readonly bytes: Uint8Array;
  /** Whether it has header lines, such as a comment: nobody's signature covers them. */
  readonly hasHeaders: boolean;
}

/**
 * Reads one armored block (RFC 9580 section 6.2). Undefined where anything stands in it that belongs to none: whoever
 * looks at the message sees it, and no signature covers it. The checksum is not compared, as is said there.
 */
export function readArmor(block: string): Armor | undefined {
  const base64: string[] = [];
  let hasHeaders = false;
  let part: 'MARK' | 'HEADERS' | 'BASE64' | 'CHECKSUM' | 'END' = 'MARK';
  for (const { text } of linesOf(block)) {
    const line = withoutTrailingBlanks(text);
    if (part === 'MARK') {
      if (!/^-----BEGIN PGP [A-Z ]+-----$/.test(line)) return undefined;
      part = 'HEADERS';
    } else if (part === 'HEADERS') {
      if (line === '') part = 'BASE64';
      else if (/^[A-Z][\w-]*: /i.test(line)) hasHeaders = true;
      else return undefined;
    } else if (line.startsWith('-----END PGP ')) part = 'END';
    else if (part === 'BASE64' && /^=[A-Z0-9+/]{4}$/i.test(line)) part = 'CHECKSUM';
    else if (part === 'BASE64') base64.push(line);
    else if (line !== '') return undefined;
  }
  const bytes = fromBase64(base64.join(''));
  return bytes && { bytes: new Uint8Array(bytes), hasHeaders };
}
