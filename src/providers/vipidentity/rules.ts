import { checkAll } from '../../check-all.js';
import { lengthReason } from '../../problem-reason.js';
import type { ProblemReason } from '../../problem-reason.js';
import { invalidInput } from '../../provider-error.js';
import { isXmlText } from './xml-text.js';

/** What a text must be like. Lengths are in characters (code points). */
export interface TextRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** The rule in words, after "<field> must ". */
  readonly words: string;
}

const IP_PART = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

function length(min: number, max: number): TextRule {
  return { min, max, words: `have ${min} to ${max} characters that XML can hold.` };
}

function filled(max: number): TextRule {
  const words = `have 1 to ${max} characters that XML can hold, and not blanks alone.`;
  return { min: 1, max, pattern: /\S/, words };
}

/** The patterns and lengths of the service (dossier section 3.1), so that nothing is sent only to be refused. */
export const RULES = {
  accountId: { pattern: /^[0-9A-Za-z]{3,50}$/, words: 'have 3 to 50 letters and digits.' },
  userId: filled(128),
  credentialId: {
    pattern: /^[0-9A-Za-z,#.*]{4,100}$/,
    words: 'have 4 to 100 letters, digits and the characters , # . *',
  },
  // The provider's answers cannot tell blanks from nothing.
  friendlyName: filled(125),
  otp: { pattern: /^[0-9A-Za-z]{6,10}$/, words: 'have 6 to 10 letters and digits.' },
  pin: length(4, 128),
  temporaryPassword: { pattern: /^[0-9]{6}$/, words: 'have exactly 6 digits.' },
  phoneNumber: {
    pattern: /^[0-9]{5,20}(x[0-9,#.*]{1,20})?$/,
    words: 'have 5 to 20 digits, country code first; x and an extension may follow.',
  },
  smsFrom: { pattern: /^[0-9]{3,20}$/, words: 'have 3 to 20 digits.' },
  messageTemplate: length(5, 140),
  gatewayId: filled(15),
  gatewayPassword: length(1, 64),
  language: { pattern: /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/, words: 'be a language tag such as en-us.' },
  ip: { pattern: new RegExp(`^(${IP_PART}\\.){3}${IP_PART}$`), words: 'be an IPv4 address.' },
  userAgent: filled(250),
  deviceFingerprint: filled(2000),
  eventId: { pattern: /^[0-9]{1,18}$/, words: 'have 1 to 18 digits.' },
  verifyMethod: length(1, 64),
  transactionId: { pattern: /^[0-9A-Za-z_]{4,16}$/, words: 'have 4 to 16 letters, digits and underscores.' },
  key: filled(125),
  value: length(0, 250),
} as const satisfies Readonly<Record<string, TextRule>>;

/** A field, its value and the rule it must keep; without a value nothing is checked. */
export type Check = readonly [field: string, value: string | null | undefined, rule: TextRule];

/**
 * Checks texts before anything is sent. Dots in a field name lead into objects and lists: `sms.phoneNumber`.
 * @throws ProviderError INVALID_INPUT naming each field at fault and its rule
 */
export function checkTexts(...checks: readonly Check[]): void {
  checkAll(checks.map((check) => () => checkText(...check)));
}

function checkText(...[field, value, rule]: Check): void {
  if (value === null || value === undefined || keeps(value, rule)) return;
  throw invalidInput(field.split('.'), reasonOf(value, rule), `${field} must ${rule.words}`);
}

function keeps(value: string, { min = 0, max = Infinity, pattern }: TextRule): boolean {
  const characters = [...value].length;
  return characters >= min && characters <= max && isXmlText(value) && (pattern?.test(value) ?? true);
}

function reasonOf(value: string, { min = 0, max = Infinity }: TextRule): ProblemReason {
  const characters = [...value].length;
  if (value.trim() === '') return 'BLANK';
  return characters < min || characters > max ? lengthReason(characters, min) : 'MALFORMED';
}

/** Most pairs in a list of keys and values (dossier sections 3.3 and 3.5). */
export const MAX_PAIRS = 20;

/** @throws ProviderError INVALID_INPUT */
export function checkPairs(
  field: string,
  pairs: readonly { readonly key: string; readonly value: string }[],
): void {
  if (pairs.length > MAX_PAIRS)
    throw invalidInput([field], 'TOO_LONG', `${field} must have at most ${MAX_PAIRS} entries.`);
  checkTexts(
    ...pairs.flatMap(({ key, value }, index): Check[] => [
      [`${field}.${index}.key`, key, RULES.key],
      [`${field}.${index}.value`, value, RULES.value],
    ]),
  );
}
