/**
 * What the value of a structured header field is made of (RFC 5322 section 3.2): quoted strings with their quotes, and
 * words, without comments and blanks. Undefined when a quoted string, a comment or a word does not end.
 * @param endOfWord where a word ends that begins at a place; undefined: it does not
 */
export function tokensOf(
  value: string,
  endOfWord: (value: string, start: number) => number | undefined,
): string[] | undefined {
  const tokens: string[] = [];
  for (let at = 0; at < value.length;) {
    const character = value.charAt(at);
    if (BLANKS.includes(character)) {
      at += 1;
      continue;
    }
    const end =
      character === '"'
        ? endOfQuoted(value, at)
        : character === '('
          ? endOfComment(value, at)
          : endOfWord(value, at);
    if (end === undefined) return undefined;
    if (character !== '(') tokens.push(value.slice(at, end));
    at = end;
  }
  return tokens;
}

/** Where a word ends that goes on up to one of these characters. */
export function endBefore(ends: string, value: string, start: number): number {
  let end = start + 1;
  while (end < value.length && !ends.includes(value.charAt(end))) end += 1;
  return end;
}

const BLANKS = ' \t';

function endOfQuoted(value: string, start: number): number | undefined {
  for (let at = start + 1; at < value.length; at += value.charAt(at) === '\\' ? 2 : 1) {
    if (value.charAt(at) === '"') return at + 1;
  }
  return undefined;
}

function endOfComment(value: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < value.length; at += value.charAt(at) === '\\' ? 2 : 1) {
    if (value.charAt(at) === '(') depth += 1;
    else if (value.charAt(at) === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}
