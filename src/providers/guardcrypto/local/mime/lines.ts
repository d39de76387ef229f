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
    const line = lineAt(start, text);
    yield line;
    start = line.next;
  }
}

/** Those lines that begin with a mark, without looking at each of the others. */
export function* linesBeginningWith(mark: string, text: string): Generator<Line, void> {
  for (let start = text.startsWith(mark) ? 0 : nextLineWith(mark, text, 0); start >= 0;) {
    const line = lineAt(start, text);
    yield line;
    // The line end in front of the next one may be that of this one.
    start = nextLineWith(mark, text, line.start);
  }
}

/** Where the next line starts that begins with a mark; -1: there is none. */
export function nextLineWith(mark: string, text: string, from: number): number {
  const feed = text.indexOf(`\n${mark}`, from);
  return feed < 0 ? -1 : feed + 1;
}

function lineAt(start: number, text: string): Line {
  const feed = text.indexOf('\n', start);
  const next = feed < 0 ? text.length : feed + 1;
  const end = feed < 0 ? next : Math.max(start, endOfLineBefore(next, text));
  return { text: text.slice(start, end), start, end, next };
}

/** Where the text of a line ends. @param start of the next one */
export function endOfLineBefore(start: number, text: string): number {
  return text[start - 2] === '\r' ? start - 2 : Math.max(0, start - 1);
}

const [FEED, RETURN] = [0x0a, 0x0d];

/** The text with the line ends mail has. It may be that of a large mail with a line end in every second byte. */
export function canonicalLines(text: Buffer): Buffer {
  let missing = 0;
  for (let at = 0; at < text.length; at += 1) if (text[at] === FEED && text[at - 1] !== RETURN) missing += 1;
  if (missing === 0) return text;
  const canonical = Buffer.allocUnsafe(text.length + missing);
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const octet = text[at] ?? 0;
    if (octet === FEED && text[at - 1] !== RETURN) canonical[end++] = RETURN;
    canonical[end++] = octet;
  }
  return canonical;
}

/** The text without the blanks at its end, which may be lost on the way. */
export function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return text.slice(0, end);
}
