import { parse } from 'lossless-json';
import type { z } from 'zod';
import type { ProviderError } from '../../provider-error.js';
import type { HttpResponse } from '../kit/http-response.js';
import { notUnderstood, parseWire } from '../kit/parse.js';

/** An answer that is no error, in one of the forms that operations have. */
export class GuardAnswer {
  constructor(
    private readonly response: HttpResponse,
    /** The body, when it is JSON. */
    private readonly json: unknown,
  ) {}

  /** What `data` wraps, or the whole where nothing wraps it. @throws ProviderError as of `notUnderstood` */
  data<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
    const { json, response } = this;
    const isWrapped = typeof json === 'object' && json !== null && 'data' in json;
    return parseWire(schema, isWrapped ? json.data : json, response.source);
  }

  /** A JSON string or bare text; null for an empty body. @throws ProviderError as of `notUnderstood` */
  text(): string | null {
    const { json } = this;
    if (typeof json === 'string') return json === '' ? null : json;
    const text = this.response.text().trim();
    if (text === '' || text === 'null') return null;
    if (typeof json === 'object' || text.startsWith('<')) throw this.#notUnderstood();
    return text;
  }

  /** Everything as it came: armor or a mail. @throws ProviderError as of `notUnderstood` when it is something else */
  bytes(expected: RegExp): Buffer {
    const { body } = this.response;
    if (!expected.test(body.toString('latin1', 0, 4_096))) throw this.#notUnderstood();
    return body;
  }

  #notUnderstood(): ProviderError {
    return notUnderstood(this.response.source, 'the body has another form');
  }
}

/** JSON in which no number loses a digit: those too long for a number are BigInts. Undefined for what is not JSON. */
export function readJson(text: string): unknown {
  try {
    return parse(text, undefined, (digits) => {
      const number = Number(digits);
      return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
    });
  } catch {
    return undefined;
  }
}
