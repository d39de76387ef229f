import { parse } from 'lossless-json';
import { z } from 'zod';
import type { ProviderError } from '../../provider-error.js';
import type { HttpResponse } from '../kit/http-response.js';
import { notUnderstood, parseWire } from '../kit/parse.js';
import type { WireSource } from '../kit/wire-source.js';

/** An answer that is no error, in one of the forms that operations have. */
export class GuardAnswer {
  constructor(
    private readonly response: HttpResponse,
    /** The body, when it is JSON. */
    private readonly json: unknown,
  ) {}

  /** What `data` wraps. @throws ProviderError as of `notUnderstood` */
  data<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
    const { json } = this;
    if (!isWrapping(json)) throw this.notUnderstood('there is no data');
    return parseWire(schema, json.data, this.source);
  }

  /** The whole, where nothing need wrap it. @throws ProviderError as of `notUnderstood` */
  whole<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
    const { json } = this;
    return parseWire(schema, isWrapping(json) ? json.data : json, this.source);
  }

  /** For operations that answer nothing, OK, or an envelope without data. @throws ProviderError as of `notUnderstood` */
  done(): void {
    const { json } = this;
    if (isWrapping(json)) parseWire(z.union([z.null(), z.strictObject({})]), json.data, this.source);
    else if (!/^(ok)?$/i.test(this.text() ?? ''))
      throw this.notUnderstood('there is a word that is not known');
  }

  /** A JSON string or bare text; null for an empty body. @throws ProviderError as of `notUnderstood` */
  text(): string | null {
    const { json } = this;
    if (typeof json === 'string') return json === '' ? null : json;
    const text = this.response.text().trim();
    if (text === '' || text === 'null') return null;
    if (typeof json === 'object' || /^[<{[]/.test(text))
      throw this.notUnderstood('the body has another form');
    return text;
  }

  /** Everything as it came: armor or a mail. @throws ProviderError as of `notUnderstood` when it is something else */
  bytes(...expected: readonly RegExp[]): Buffer {
    const { body } = this.response;
    const text = body.toString('latin1');
    if (this.json === undefined && expected.every((pattern) => pattern.test(text))) return body;
    throw this.notUnderstood('the body has another form');
  }

  /** @param reason a sentence of ours */
  notUnderstood(reason: string): ProviderError {
    return notUnderstood(this.source, reason);
  }

  get source(): WireSource {
    return this.response.source;
  }
}

function isWrapping(json: unknown): json is { readonly data: unknown } {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, 'data');
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
