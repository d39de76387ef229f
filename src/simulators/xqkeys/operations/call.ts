import type { HttpAnswer } from '../../kit/answer.js';
import type { Call as KitCall } from '../../kit/host.js';
import type { Route } from '../../kit/router.js';
import type { TokenKind, TokenRecord } from '../state/records.js';
import { liveToken } from '../state/tokens.js';
import type { World } from '../state/world.js';
import { malformed, unauthorized } from '../wire/refusal.js';

/** One request with a good API key. */
export interface Call extends KitCall {
  readonly world: World;
  /** Where it comes from, as far as the sender may say so itself. */
  readonly ip: string;
}

export interface AuthorizedCall extends Call {
  readonly token: TokenRecord;
}

export type Handler<C = Call> = (call: C) => HttpAnswer | Promise<HttpAnswer>;

/** Operations by name; paths are those below the base URL of their service. */
export type Operations<C = Call> = Readonly<Record<string, readonly [route: Route, handle: Handler<C>]>>;

const WRITE = ['access', 'delegate'] as const;

/** For tokens that may read keys. */
export const reading = (operations: Operations<AuthorizedCall>): Operations =>
  bearing(['access', 'delegate', 'combined'], operations);

/** For tokens that may act, which a combined one may not. */
export const writing = (operations: Operations<AuthorizedCall>): Operations => bearing(WRITE, operations);

/** For tokens of the dashboard. */
export const administering = (operations: Operations<AuthorizedCall>): Operations =>
  bearing(['dashboard'], operations);

/** For tokens of these kinds. */
export function bearing(kinds: readonly TokenKind[], operations: Operations<AuthorizedCall>): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, [route, handle]]) => [
      name,
      [route, (call: Call) => handle({ ...call, token: tokenOf(call, kinds) })],
    ]),
  );
}

function tokenOf({ world, request, ip }: Call, kinds: readonly TokenKind[]): TokenRecord {
  const [, text = ''] = /^bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '') ?? [];
  const token = liveToken(world, text);
  if (token === undefined || !kinds.includes(token.kind)) throw unauthorized();
  if (token.boundIp !== undefined && token.boundIp !== ip) throw unauthorized();
  return token;
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
