import { linesOf, withoutTrailingBlanks } from '../mime/lines.js';
import { textBlocks, type TextBlock } from '../text-blocks.js';

/** A readable text with its signature (RFC 9580 section 7). */
export interface Cleartext {
  /** What is signed: without escapes, blanks at the ends of lines, and the last line end. */
  readonly content: string;
  /** Armored. */
  readonly signature: string;
}

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const BEGIN_SIGNATURE = '-----BEGIN PGP SIGNATURE-----';

/** Where readable texts with a signature stand in a text. */
export function cleartextBlocks(text: string): TextBlock[] {
  return textBlocks(text, BEGIN, '-----END PGP SIGNATURE-----');
}

/** Undefined when it is not made as it should be: what stands in a header of its own is signed by nobody. */
export function readCleartext(block: string): Cleartext | undefined {
  const content: string[] = [];
  let part: 'MARK' | 'HEADER' | 'CONTENT' = 'MARK';
  for (const { text, start } of linesOf(block)) {
    const line = withoutTrailingBlanks(text);
    if (part === 'CONTENT') {
      if (line === BEGIN_SIGNATURE) return { content: content.join('\n'), signature: block.slice(start) };
      content.push(line.startsWith('- ') ? line.slice(2) : line === '-' && text !== line ? '' : line);
    } else if (part === 'MARK') {
      if (line !== BEGIN) return undefined;
      part = 'HEADER';
    } else if (line === '') part = 'CONTENT';
    else if (!/^Hash: (?:(?:MD5|RIPEMD160|SHA[\d-]+)(?:, ?|$))+$/.test(line)) return undefined;
  }
  return undefined;
}
