import { nextLineWith } from './mime/lines.js';

/** What stands between a line `-----BEGIN LABEL-----` and its end. */
export interface TextBlock {
  /** With its marks. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Every block of a text that begins and ends with these marks, each at the start of a line, in order. It reads the text
 * once, forwards.
 */
export function textBlocks(text: string, begin: string, end: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  const first = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  for (let at = first; ;) {
    const start = at === first && text.startsWith(begin, at) ? at : nextLineWith(begin, text, at);
    const stop = start < 0 ? -1 : nextLineWith(end, text, start + begin.length);
    if (stop < 0) return blocks;
    at = stop + end.length;
    blocks.push({ text: text.slice(start, at), start, end: at });
  }
}

/** Of UTF-8, one character for one byte. */
const BYTE_ORDER_MARK = '\u00EF\u00BB\u00BF';

/** Every block with one of these labels, in the order of the text. */
export function labelledBlocks(text: string, labels: readonly string[]): TextBlock[] {
  const found = labels.flatMap((label) =>
    textBlocks(text, `-----BEGIN ${label}-----`, `-----END ${label}-----`),
  );
  return found.sort((a, b) => a.start - b.start);
}

/** Whether nothing but blanks stands around blocks. @param blocks in the order of the text */
export function areAlone(text: string, blocks: readonly TextBlock[]): boolean {
  const starts = [...blocks.map(({ start }) => start), text.length];
  const ends = [0, ...blocks.map(({ end }) => end)];
  return starts.every((start, index) => text.slice(ends[index], start).trim() === '');
}
