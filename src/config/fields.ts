import { z } from 'zod';
import { Secret } from './secret.js';

// The sorts of settings there are. Each takes the text of an environment variable; its message completes the sentence
// "<NAME> ...". Add `.default()` or `.optional()`, then `.describe()` last: .env.example is printed from those.

/** A whole number from `minimum` to `maximum`. */
export function wholeNumber(minimum: number, maximum: number) {
  const error = `must be a whole number from ${minimum} to ${maximum}.`;
  return z
    .string()
    .regex(/^\d{1,15}$/, error)
    .transform(Number)
    .pipe(z.number().min(minimum, error).max(maximum, error));
}

/** A duration in milliseconds, from 1 ms to one day. */
export function milliseconds() {
  return wholeNumber(1, 86_400_000);
}

/** `true` or `false`. */
export function flag() {
  return z.enum(['true', 'false'], 'must be true or false.').transform((word) => word === 'true');
}

/** An absolute URL of one of the given schemes, without a slash at its end. */
export function url(...schemes: [string, ...string[]]) {
  const error = `must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}.`;
  return z
    .url({ protocol: new RegExp(`^(${schemes.join('|')})$`), error })
    .transform((address) => address.replace(/(?<!\/)\/+$/, ''));
}

/** Any text, such as a path or an address. */
export function text() {
  return z.string();
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `must be one of ${words.join(', ')}.`);
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** A language that there is, by its code, which may name a region too. */
export function language() {
  return z.string().refine((code) => /^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/.test(code) && isLanguage(code), {
    error: 'must be the code of a language, such as en, fr or de.',
  });
}

function isLanguage(code: string): boolean {
  try {
    return languages.of(code) !== undefined;
  } catch {
    return false;
  }
}

/** Several texts, separated by commas. */
export function list() {
  return z.string().transform((entries) =>
    entries
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );
}

/** A value that must not be seen, of at least `minLength` characters. */
export function secret(minLength = 1) {
  return z
    .string()
    .min(minLength, `must have at least ${minLength} characters.`)
    .transform((value) => new Secret(value));
}

/** Several secrets, separated by commas, each of at least `minLength` characters: the first is in use, the others are still accepted. */
export function secretList(minLength: number) {
  return list()
    .refine((entries) => entries.length > 0 && entries.every((entry) => entry.length >= minLength), {
      error: `must hold secrets of at least ${minLength} characters each, separated by commas.`,
    })
    .transform((entries) => entries.map((entry) => new Secret(entry)));
}

/** Marks a setting that says how something is done, never that it is to be done. To be called before `.describe()`. */
export function tuning<Schema extends z.ZodType>(schema: Schema): Schema {
  return schema.meta({ tunes: true });
}

/** Whether `tuning` has marked it. */
export function isTuning(schema: z.ZodType | undefined): boolean {
  return schema?.meta()?.['tunes'] === true;
}
