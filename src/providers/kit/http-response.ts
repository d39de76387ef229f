import { isUtf8 } from 'node:buffer';
import type { Clock } from '../../clock.js';
import { notUnderstood } from './parse.js';
import type { WireSource } from './wire-source.js';

export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A whole answer, of whatever status. */
export class HttpResponse {
  constructor(
    readonly status: number,
    /** Names in lower case. */
    readonly headers: HttpHeaders,
    readonly body: Buffer,
    readonly source: WireSource,
  ) {}

  /** The body as UTF-8. @throws ProviderError as of `notUnderstood` for a success that is none */
  text(): string {
    if (this.isSuccess && !isUtf8(this.body)) throw notUnderstood(this.source, 'the body is not UTF-8');
    return this.body.toString('utf8');
  }

  /** Whether the provider says that it has done what was asked. */
  get isSuccess(): boolean {
    return this.status >= 200 && this.status <= 299;
  }

  /** The body as JSON, not yet checked: pass it to `parseWire`. @throws ProviderError as of `notUnderstood` */
  json(): unknown {
    const body = this.tryJson();
    if (body === undefined) throw notUnderstood(this.source, 'the body is not JSON');
    return body;
  }

  /** The same; undefined for what is not JSON. */
  tryJson(): unknown {
    const text = this.text();
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
}

/** Milliseconds which `Retry-After` (seconds or a date) asks to wait; undefined without a readable one. */
export function retryAfterMs(headers: HttpHeaders, clock: Clock): number | undefined {
  const value = headers['retry-after'];
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now());
}
