import { isUtf8 } from 'node:buffer';
import { nameKey } from '../../../../same-name.js';
import { MimeEntity } from './entity.js';
import { endBefore, tokensOf } from './tokens.js';

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
  const tokens = tokensOf(value, endOfWord);
  const last = tokens?.at(-1);
  if (tokens === undefined || last === undefined) return undefined;
  if (tokens.length === 1 && ONLY_ADDRESS.test(last)) return last;
  const [, address] = IN_ANGLES.exec(last) ?? [];
  return tokens.slice(0, -1).every((token) => WORD.test(token)) ? address : undefined;
}

/** A word ends where anything else begins, and one in angle brackets with the closing one. */
function endOfWord(value: string, start: number): number | undefined {
  if (value.charAt(start) !== '<') return endBefore(' \t"(<', value, start);
  const end = value.indexOf('>', start);
  return end < 0 ? undefined : end + 1;
}
