import { linesOf, withoutTrailingBlanks } from '../mime/lines.js';
import { textBlocks, type TextBlock } from '../text-blocks.js';

/** A readable text with its signature (RFC 9580 section 7). */
export interface Cleartext {
  /** What is signed: without escapes, blanks at the ends of lines, and the last line end. */
  readonly content: string;
  /** Armored. */
  readonly signature: string;
  /** The hash algorithms it names, lower case. */
  readonly hashes: ReadonlySet<string>;
}

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
/** As RFC 9580 section 9.5 names them. */
const HASHES: ReadonlySet<string> = new Set([
  ...['MD5', 'SHA1', 'RIPEMD160', 'SHA256', 'SHA384', 'SHA512', 'SHA224', 'SHA3-256', 'SHA3-512'],
]);
const BEGIN_SIGNATURE = '-----BEGIN PGP SIGNATURE-----';

/** Where readable texts with a signature stand in a text. */
export function cleartextBlocks(text: string): TextBlock[] {
  return textBlocks(text, BEGIN, '-----END PGP SIGNATURE-----');
}

/**
 * Undefined when it is not made as it should be: what stands in a header of its own is signed by nobody, and a line like
 * those around armor is no text to most readers.
 */
export function readCleartext(block: string): Cleartext | undefined {
  const content: string[] = [];
  const hashes = new Set<string>();
  let part: 'MARK' | 'HEADER' | 'CONTENT' = 'MARK';
  for (const { text, start } of linesOf(block)) {
    const line = withoutTrailingBlanks(text);
    if (part === 'CONTENT') {
      if (line === BEGIN_SIGNATURE)
        return { content: content.join('\n'), signature: block.slice(start), hashes };
      if (/^-----(?:BEGIN|END) PGP /.test(line)) return undefined;
      content.push(line.startsWith('- ') ? line.slice(2) : line === '-' && text !== line ? '' : line);
    } else if (part === 'MARK') {
      if (line !== BEGIN) return undefined;
      part = 'HEADER';
    } else if (line === '') part = 'CONTENT';
    else {
      const [, names] = /^Hash: (.+)$/.exec(line) ?? [];
      for (const name of names?.split(/, ?/) ?? ['']) {
        // Each once, or they could tell something.
        if (!HASHES.has(name) || hashes.has(name.toLowerCase())) return undefined;
        hashes.add(name.toLowerCase());
      }
    }
  }
  return undefined;
}
