import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { BodyTooLarge, parseJson, readBody } from '../../kit/body.js';
import { malformed, Refusal } from './refusal.js';

const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The body as text, trimmed, whatever its label. @throws Refusal when it is longer than any honest request */
export async function readText(request: IncomingMessage): Promise<string> {
  try {
    return (await readBody(request, MAX_BODY_BYTES)).toString('utf8').trim();
  } catch (error) {
    if (error instanceof BodyTooLarge) throw new Refusal(413, 'The request is too large');
    throw error;
  }
}

/** Reads JSON whatever its label. @throws Refusal naming the first member that is wrong */
export async function readJson<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  return checked(schema, parseJson(await readText(request)));
}

/** @throws Refusal naming the first member that is wrong */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  if (value === undefined) throw malformed('The request is not JSON');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const name = parsed.error.issues[0]?.path.join('.') ?? '';
  throw malformed(name === '' ? 'The request is not valid' : `${name} is not valid`);
}

/** Text that may be missing or null. */
export const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

/** A list of texts, one text with commas, or lists in lists: all in one flat list without blanks. */
export const textList: z.ZodType<string[]> = z.unknown().transform((value, context) => {
  const texts = flatTexts(value);
  if (texts !== undefined) return texts;
  context.addIssue({ code: 'custom', message: 'not a list of texts' });
  return z.NEVER;
});

function flatTexts(value: unknown): string[] | undefined {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  if (!Array.isArray(value)) return undefined;
  const items: unknown[] = value;
  const lists = items.map(flatTexts);
  return lists.some((list) => list === undefined) ? undefined : lists.flatMap((list) => list ?? []);
}
