import { z } from 'zod';
import type { ProviderError } from '../../../provider-error.js';
import * as kit from '../../kit/answer.js';
import type { Answer } from '../../kit/answer.js';
import type { HttpResponse } from '../../kit/http-response.js';
import { notUnderstood } from '../../kit/parse.js';
import { fromStatusText } from '../errors.js';
import { LIMITS } from '../packet.js';

// What an understood success is (dossier section 1.3): plain text, a JSON object, or nothing.

/** A JSON object. */
export function json<Schema extends z.ZodType>(schema: Schema): Answer<z.infer<Schema>> {
  return unlessRefused(kit.json(schema));
}

/** A list as such, or under its name (assumed). */
export function jsonList<Schema extends z.ZodType>(schema: Schema, name: string): Answer<z.infer<Schema>> {
  return unlessRefused(kit.json(schema, (body) => (Array.isArray(body) ? { [name]: body } : body)));
}

/** A token: compact JWTs in practice (dossier section 1.2); words, pages and JSON are none. */
export const jwt = z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

/** Exactly 43 characters of an alphabet that is not published. */
export const locator = z.string().regex(/^[!#-;=?-Z^-z|~]{43}$/);

export const token = text(jwt);
export const storedKey = text(locator);
/** Opaque, one line without quotes. */
export const packet = text(z.string().regex(/^[!#-;=?-Z^-z|~]{16,}$/));
export const sealed = text(z.base64().min(16));
export const bits = text(z.string().regex(/^[01]+$/));
export const hexDigits = text(
  z
    .base64()
    .transform((encoded) => Buffer.from(encoded, 'base64').toString('latin1'))
    .pipe(z.string().regex(/^[\da-f]+$/i)),
);
/** Passed through untouched: its unit is unpublished (doubt 12). */
export const time = text(z.string().regex(/^\d{1,15}$/));

/** A key exactly as it was stored: whatever text that was, but no page of somebody between, and not nothing. */
export const key: Answer<string> = (response) => {
  const found = response.text();
  const isPage = /^text\/html/i.test(String(response.headers['content-type'])) || PAGE.test(found);
  if (found.length <= LIMITS.keyCharacters && !isPage && !NOTHING.test(found.trim()) && !found.includes('\0'))
    return found;
  throw notUnderstood(response.source, 'the body is no key');
};

const PAGE = /^\s*<(!doctype|html|\?xml)/i;
const NOTHING = /^(\{\s*\}|\[\s*\]|null|"")?$/;

/** Nothing, or that it is OK. */
export const done = unlessRefused((response) => {
  if (response.text().trim() !== '') kit.json(z.object({ status: z.literal('OK') }))(response);
});

function text<Schema extends z.ZodType<string>>(schema: Schema): Answer<z.infer<Schema>> {
  return unlessRefused(kit.text(schema));
}

function unlessRefused<Value>(answer: Answer<Value>): Answer<Value> {
  return (response) => {
    const refusal = refusalIn(response);
    if (refusal) throw refusal;
    return answer(response);
  };
}

function refusalIn(response: HttpResponse): ProviderError | undefined {
  return /^\s*\{/.test(response.text()) ? fromStatusText(response.tryJson()) : undefined;
}
