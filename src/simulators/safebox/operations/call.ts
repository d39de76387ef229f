import type { HttpAnswer } from '../../kit/answer.js';
import type { Call } from '../../kit/host.js';
import type { Route } from '../../kit/router.js';
import type { Service } from '../state/service.js';
import type { Caller } from '../state/tokens.js';
import type { Locale } from '../texts.js';

/** Where the simulated hosts listen; without trailing slashes, empty until they do. */
export interface Addresses {
  /** Portal endpoint, portal host and SendSecure server. */
  readonly server: string;
  readonly files: string;
}

/** A request that needs no API token. */
export interface OpenCall extends Call {
  readonly service: Service;
  readonly addresses: Addresses;
  readonly locale: Locale;
}

export interface ApiCall extends OpenCall {
  readonly caller: Caller;
}

export type Handler<C> = (call: C) => HttpAnswer | Promise<HttpAnswer>;

/** Operations by name. */
export type Operations<C> = Readonly<Record<string, readonly [route: Route, handle: Handler<C>]>>;

/** Address the request came from. */
export function ipOf({ request }: OpenCall): string {
  return request.socket.remoteAddress ?? 'unknown';
}
