import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { BodyTooLarge, parseJson, readBody } from '../../kit/body.js';
import type { TextKey } from '../texts.js';
import { badParameter, incorrect } from './refusal.js';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Reads a JSON body whatever its label, null standing for absence, and an empty body for an empty object.
 * @throws Refusal naming the attributes that are wrong
 */
export async function readRequest<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  const content = (await readWhole(request)).toString('utf8');
  const value = content.trim() === '' ? {} : parseJson(content);
  if (value === undefined) throw badParameter('malformedBody');
  const parsed = schema.safeParse(withoutNulls(value));
  if (parsed.success) return parsed.data;
  throw incorrect(mistakesOf(parsed.error));
}

/** @throws Refusal when it is longer than any honest request */
export async function readWhole(request: IncomingMessage): Promise<Buffer> {
  try {
    return await readBody(request, MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLarge) throw badParameter('bodyTooLarge');
    throw error;
  }
}

/** For values that must be there: absence has a text of its own. */
export const needed = {
  error: ({ input }: { readonly input?: unknown }): TextKey => (input === undefined ? 'blank' : 'invalid'),
};

/** A text that must be there and not empty. */
export const neededText = z
  .string(needed)
  .trim()
  .min(1, { error: (): TextKey => 'blank', abort: true });

/** An address of the usual form. */
export const neededEmail = neededText.regex(/^[^\s@]+@[^\s@]+$/, { error: (): TextKey => 'invalid' });

// Attributes are called by the last name in the path: which of several recipients is wrong is not said.
function mistakesOf({ issues }: z.ZodError): Record<string, TextKey[]> {
  const mistakes: Record<string, TextKey[]> = {};
  for (const { path, message } of issues) {
    const name = path.findLast((step) => typeof step === 'string');
    const key: TextKey = message === 'blank' ? 'blank' : 'invalid';
    const known = (mistakes[String(name ?? 'base')] ??= []);
    if (!known.includes(key)) known.push(key);
  }
  return mistakes;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}
