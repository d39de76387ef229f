import type { IncomingMessage } from 'node:http';
import type { HttpAnswer } from '../../kit/answer.js';
import type { Route } from '../../kit/router.js';
import type { TokenKind, TokenRecord } from '../state/records.js';
import { liveToken } from '../state/tokens.js';
import type { World } from '../state/world.js';
import { forbidden, malformed, unauthorized } from '../wire/refusal.js';

export const SERVICES = ['subscription', 'validation', 'quantum', 'dashboard'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** One request with a good API key. */
export interface Call {
  readonly world: World;
  readonly request: IncomingMessage;
  /** Percent-decoded segments of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Where it comes from, as far as the sender may say so itself. */
  readonly ip: string;
}

export interface AuthorizedCall extends Call {
  readonly token: TokenRecord;
}

export type Handler = (call: Call) => HttpAnswer | Promise<HttpAnswer>;
type AuthorizedHandler = (call: AuthorizedCall) => HttpAnswer | Promise<HttpAnswer>;

/** An operation of one service: which API key opens it is the service's matter, unless it says so. */
export interface ServiceRoute extends Route<Handler> {
  /** Also with the general API key on the dashboard. */
  readonly generalKeyToo?: boolean;
}

const READ = ['access', 'delegate', 'combined'] as const;
const WRITE = ['access', 'delegate'] as const;

/** For tokens that may read keys. */
export const reading = (run: AuthorizedHandler): Handler => bearing(READ, run);

/** For tokens that may act, which a combined one may not. */
export const writing = (run: AuthorizedHandler): Handler => bearing(WRITE, run);

/** For tokens that may manage an account, which an alias's may not. */
export const managing = (run: AuthorizedHandler): Handler =>
  bearing(WRITE, (call) => {
    if (call.token.identity === 'alias') throw forbidden('An alias has no account');
    return run(call);
  });

/** For pre-auth tokens. */
export const preparing = (run: AuthorizedHandler): Handler => bearing(['preauth'], run);

/** For tokens of the dashboard. */
export const administering = (run: AuthorizedHandler): Handler => bearing(['dashboard'], run);

/** For tokens of these kinds. */
export function bearing(kinds: readonly TokenKind[], run: AuthorizedHandler): Handler {
  return (call) => {
    const [, text = ''] = /^bearer\s+(\S+)\s*$/i.exec(call.request.headers.authorization ?? '') ?? [];
    const token = liveToken(call.world, text);
    if (token === undefined || !kinds.includes(token.kind)) throw unauthorized();
    if (token.boundIp !== undefined && token.boundIp !== call.ip) throw unauthorized();
    return run({ ...call, token });
  };
}

export function route(
  method: string,
  path: string,
  operation: string,
  handle: Handler,
  options: Pick<ServiceRoute, 'generalKeyToo'> = {},
): ServiceRoute {
  return { method, path, operation, handle, ...options };
}

/** A segment of the path; the router saw to it that it is there. */
export function param({ params }: Call, name: string): string {
  return params[name] ?? '';
}

/** A segment of the path that is a number. @throws Refusal */
export function idParam(call: Call, name = 'id'): number {
  const value = param(call, name);
  if (!/^\d{1,15}$/.test(value)) throw malformed(`${name} is not a number`);
  return Number(value);
}
