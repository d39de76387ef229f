import { endBefore, tokensOf } from './tokens.js';

/** A Content-Type field. */
export interface ContentType {
  /** Lower case; empty where readers would not agree on the whole of it. */
  readonly mediaType: string;
  /**
   * Names in lower case. One that is given twice with different values, or with one that is neither a token nor a quoted
   * string (RFC 2045 section 5.1), is missing: readers would not agree on it.
   */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads the value of a Content-Type field with its comments, quoted strings and the parameters of RFC 2231. */
export function parseContentType(value: string): ContentType {
  const [type = [], ...segments] = partedAt(';', tokensOf(value, endOfWord) ?? []);
  const raw = new Map<string, string | undefined>();
  for (const segment of segments) {
    const [name = '', equals, first = '', ...more] = segment;
    const isOdd = equals === '=' ? more.length > 0 || !TOKEN.test(name) : segment.length > 0;
    // Where one of them ends is told by its quotes, to some readers by others than to the rest.
    if (isOdd && segment.some(isQuoted)) return UNREADABLE;
    if (equals !== '=') continue;
    const key = name.toLowerCase();
    const given = isOdd ? undefined : unquoted(first);
    raw.set(key, raw.has(key) && raw.get(key) !== given ? undefined : given);
  }
  const [mediaType = '', ...others] = type;
  return { mediaType: others.length > 0 ? '' : mediaType.toLowerCase(), parameters: joined(raw) };
}

const UNREADABLE: ContentType = { mediaType: '', parameters: new Map() };

/** A semicolon and an equals sign stand by themselves. */
function endOfWord(value: string, start: number): number {
  return ';='.includes(value.charAt(start)) ? start + 1 : endBefore(' \t"(;=', value, start);
}

function partedAt(separator: string, tokens: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const token of tokens) {
    if (token === separator) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Of RFC 2045: no blanks, controls, or what parts other things. */
const TOKEN = /^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+$/;

function isQuoted(token: string): boolean {
  return token.startsWith('"');
}

function unquoted(token: string): string | undefined {
  if (isQuoted(token)) return token.slice(1, -1).replace(/\\(.)/gs, '$1');
  return TOKEN.test(token) ? token : undefined;
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
