import type { IncomingMessage } from 'node:http';
import type { HttpAnswer } from '../../kit/answer.js';
import type { Service } from '../state/service.js';
import type { Caller } from '../state/tokens.js';
import type { Locale } from '../texts.js';

/** Where the simulated hosts listen; without trailing slashes, set once they do. */
export interface Addresses {
  /** Portal endpoint, portal host and SendSecure server. */
  server: string;
  files: string;
}

/** A request that needs no API token. */
export interface OpenCall {
  readonly service: Service;
  readonly addresses: Addresses;
  readonly request: IncomingMessage;
  /** Percent-decoded segments of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly locale: Locale;
}

export interface ApiCall extends OpenCall {
  readonly caller: Caller;
}

export type OpenHandler = (call: OpenCall) => HttpAnswer | Promise<HttpAnswer>;
export type ApiHandler = (call: ApiCall) => HttpAnswer | Promise<HttpAnswer>;

/** Address the request came from. */
export function ipOf({ request }: OpenCall): string {
  return request.socket.remoteAddress ?? 'unknown';
}
