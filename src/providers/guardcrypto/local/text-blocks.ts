/** What stands between a line `-----BEGIN LABEL-----` and its end. */
export interface TextBlock {
  /** With its marks. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Every block of a text that begins and ends with these marks, in order. It reads the text once, forwards. */
export function textBlocks(text: string, begin: string, end: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  for (let at = 0; ;) {
    const start = text.indexOf(begin, at);
    const stop = start < 0 ? -1 : text.indexOf(end, start + begin.length);
    if (stop < 0) return blocks;
    at = stop + end.length;
    blocks.push({ text: text.slice(start, at), start, end: at });
  }
}

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
