import type { Clock } from '../../clock.js';
import { ProviderError } from '../../provider-error.js';

export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Who answered what: for errors and the log. */
export interface WireSource {
  readonly provider: string;
  readonly operation: string;
}

/** A whole answer, of whatever status. */
export class HttpResponse {
  readonly #source: WireSource;

  constructor(
    readonly status: number,
    /** Names in lower case. */
    readonly headers: HttpHeaders,
    readonly body: Buffer,
    source: WireSource,
  ) {
    this.#source = source;
  }

  /** The body as UTF-8. */
  text(): string {
    return this.body.toString('utf8');
  }

  /** The body as JSON, not yet checked: pass it to `parseWire`. @throws ProviderError PROVIDER_PROTOCOL */
  json(): unknown {
    try {
      return JSON.parse(this.text());
    } catch {
      // The parser's own error quotes the body.
      const { provider, operation } = this.#source;
      throw new ProviderError('PROVIDER_PROTOCOL', {
        provider,
        cause: new Error(`${operation}: the body is not JSON`),
      });
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
