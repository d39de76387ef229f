import { isUtf8 } from 'node:buffer';
import { nameKey } from '../../../../same-name.js';
import { MimeEntity } from './entity.js';

/**
 * The address a mail says it is from, ready to be compared. Null when it says so in a way that readers would not agree
 * on: two addresses or fields, or anything but a name and an address. Undefined when it does not say, or is no mail.
 */
export function senderOf(message: Buffer): string | null | undefined {
  const mail = MimeEntity.parseMail(message);
  if (mail?.has('from') !== true) return undefined;
  const value = mail.isOnlyFields ? mail.header('from') : undefined;
  const address = Buffer.from((value && addressIn(value)) ?? '', 'latin1');
  return address.length > 0 && isUtf8(address) ? nameKey(address.toString('utf8')) : null;
}

/** An atom of RFC 5322, and of RFC 6532 as the bytes of its UTF-8. */
const ATOM = String.raw`[\w!#$%&'*+\-/=?^\x60{|}~\x80-\xff]+`;
const DOTTED = `${ATOM}(?:\\.${ATOM})*`;
const ADDRESS = `${DOTTED}@${DOTTED}`;
const ONLY_ADDRESS = new RegExp(`^${ADDRESS}$`);
const IN_ANGLES = new RegExp(`^<(${ADDRESS})>$`);
const WORD = new RegExp(`^(?:"|${DOTTED}\\.?$)`);

/** The address of a mailbox: it alone, or in angle brackets behind words of a name (RFC 5322 section 3.4). */
function addressIn(value: string): string | undefined {
  const tokens = tokensOf(value);
  const last = tokens?.at(-1);
  if (tokens === undefined || last === undefined) return undefined;
  if (tokens.length === 1 && ONLY_ADDRESS.test(last)) return last;
  const [, address] = IN_ANGLES.exec(last) ?? [];
  return tokens.slice(0, -1).every((token) => WORD.test(token)) ? address : undefined;
}

/** Quoted strings, what stands in angle brackets, and words, without comments. Undefined when one does not end. */
function tokensOf(value: string): string[] | undefined {
  const tokens: string[] = [];
  for (let at = 0; at < value.length;) {
    const character = value.charAt(at);
    if (character === ' ' || character === '\t') {
      at += 1;
      continue;
    }
    const end = endOf(value, at);
    if (end === undefined) return undefined;
    if (character !== '(') tokens.push(value.slice(at, end));
    at = end;
  }
  return tokens;
}

/** Where the token ends that begins at a place. */
function endOf(value: string, start: number): number | undefined {
  const first = value.charAt(start);
  if (first === '"') return endOfQuoted(value, start);
  if (first === '(') return endOfComment(value, start);
  if (first === '<') {
    const end = value.indexOf('>', start);
    return end < 0 ? undefined : end + 1;
  }
  let end = start + 1;
  while (end < value.length && !' \t"(<'.includes(value.charAt(end))) end += 1;
  return end;
}

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
