/** A Content-Type field. */
export interface ContentType {
  /** Lower case. */
  readonly mediaType: string;
  /** Names in lower case. One that is given twice with different values is missing: readers would not agree on it. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads the value of a Content-Type field with its comments, quoted strings and the parameters of RFC 2231. */
export function parseContentType(value: string): ContentType {
  const [mediaType = '', ...rest] = segments(value);
  const raw = new Map<string, string | undefined>();
  for (const segment of rest) {
    const equals = segment.indexOf('=');
    if (equals < 0) continue;
    const name = segment.slice(0, equals).trim().toLowerCase();
    const given = unquote(segment.slice(equals + 1).trim());
    raw.set(name, raw.has(name) && raw.get(name) !== given ? undefined : given);
  }
  return { mediaType: mediaType.trim().toLowerCase(), parameters: joined(raw) };
}

/** What stands between semicolons, without comments; a semicolon within quotes parts nothing. */
function segments(value: string): string[] {
  const found: string[] = [];
  let [segment, depth, isQuoted] = ['', 0, false];
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    const isEscape = character === '\\' && (isQuoted || depth > 0);
    const taken = isEscape ? value.slice(at, at + 2) : character;
    if (isEscape) at += 1;
    else if (character === '"' && depth === 0) isQuoted = !isQuoted;
    else if (character === '(' && !isQuoted) depth += 1;
    else if (character === ';' && !isQuoted && depth === 0) {
      found.push(segment);
      segment = '';
      continue;
    }
    if (depth === 0) segment += taken;
    else if (character === ')' && !isEscape) depth -= 1;
  }
  return [...found, segment];
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  const end = value.endsWith('"') && value.length > 1 ? -1 : undefined;
  return value.slice(1, end).replace(/\\(.)/gs, '$1');
}

const EXTENDED = /^([^*]+)(?:\*(\d{1,3}))?(\*?)$/;

/**
 * Puts together what RFC 2231 lets be cut into pieces (`name*0`, `name*1*`) or encoded (`name*`). One with a piece
 * missing, or given both whole and otherwise, is missing too.
 */
function joined(raw: ReadonlyMap<string, string | undefined>): Map<string, string> {
  const pieces = new Map<string, Map<number, string | undefined>>();
  for (const [key, value] of raw) {
    const [, name, digits = '0', star] = EXTENDED.exec(key) ?? [];
    if (name === undefined) continue;
    const index = Number(digits);
    const given = star === '*' && value !== undefined ? decoded(value, index === 0) : value;
    const found = pieces.get(name) ?? new Map<number, string | undefined>();
    pieces.set(name, found.set(index, found.has(index) && found.get(index) !== given ? undefined : given));
  }
  const texts = [...pieces].map(([name, found]) => [name, textOf(found)] as const);
  return new Map(texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

function textOf(pieces: ReadonlyMap<number, string | undefined>): string | undefined {
  let text = '';
  for (let index = 0; index < pieces.size; index += 1) {
    const piece = pieces.get(index);
    if (piece === undefined) return undefined;
    text += piece;
  }
  return text;
}

/** @param isFirst the charset and language stand before it */
function decoded(value: string, isFirst: boolean): string {
  const text = isFirst ? (value.split("'", 3)[2] ?? value) : value;
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
