/** One line of a text. Offsets count characters. */
export interface Line {
  /** Without what ends it. */
  readonly text: string;
  readonly start: number;
  /** Where the text of the line ends. */
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
}

/**
 * The lines of a text, whatever ends them, in order. Everything that looks for something in a message goes by them, and
 * forwards only: then the work grows with the message and no faster, whoever wrote it.
 */
export function* linesOf(text: string, from = 0): Generator<Line, void> {
  for (let start = from; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const next = feed < 0 ? text.length : feed + 1;
    const end = feed < 0 ? next : text[feed - 1] === '\r' && feed > start ? feed - 1 : feed;
    yield { text: text.slice(start, end), start, end, next };
    start = next;
  }
}

/** The text with the line ends mail has. */
export function canonicalLines(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

/** The text without the blanks at its end, which may be lost on the way. */
export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return text.slice(0, end);
}
