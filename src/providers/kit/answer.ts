import type { z } from 'zod';
import type { HttpResponse } from './http-response.js';
import { notUnderstood, parseWire } from './parse.js';

/** What an understood success of an operation is. @throws ProviderError as of `notUnderstood` for any other one */
export type Answer<Value> = (response: HttpResponse) => Value;

/** What the answer says. @throws ProviderError as of `notUnderstood` */
export function understand<Value>(answer: Answer<Value>, response: HttpResponse): Value {
  try {
    return answer(response);
  } catch (error) {
    // Nothing that anybody means is nested deeper than the stack.
    throw error instanceof RangeError ? notUnderstood(response.source, 'it is nested too deeply') : error;
  }
}

/** JSON that the schema describes. @param decode makes our names of the wire's */
export function json<Schema extends z.ZodType>(
  schema: Schema,
  decode: (body: unknown) => unknown = (body) => body,
): Answer<z.infer<Schema>> {
  return (response) => parseWire(schema, decode(response.json()), response.source);
}

/** Plain text that the schema describes, without the blanks around it. */
export function text<Schema extends z.ZodType<string>>(schema: Schema): Answer<z.infer<Schema>> {
  return (response) => parseWire(schema, response.text().trim(), response.source);
}

/** No body. */
export function nothing(response: HttpResponse): void {
  if (response.text().trim() !== '')
    throw notUnderstood(response.source, 'there is a body where none is expected');
}
