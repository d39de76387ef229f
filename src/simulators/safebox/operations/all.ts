import type { IncomingMessage } from 'node:http';
import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { UnknownOperation, type Operation, type RoutedHost } from '../../kit/host.js';
import { parseTarget } from '../../kit/router.js';
import type { SimulatorKit } from '../../kit/simulate.js';
import type { Service } from '../state/service.js';
import { callerOf } from '../state/tokens.js';
import { localeOf } from '../texts.js';
import { notFound, Refusal, unauthenticated } from '../wire/refusal.js';
import { ACCOUNT_OPERATIONS } from './account-operations.js';
import { BOX_CHANGE_OPERATIONS } from './box-change-operations.js';
import { BOX_READ_OPERATIONS } from './box-read-operations.js';
import type { Addresses, ApiCall, OpenCall, Operations } from './call.js';
import { CONTRIBUTION_OPERATIONS } from './contribution-operations.js';
import { FAVORITE_OPERATIONS } from './favorite-operations.js';
import { FILE_OPERATIONS } from './file-operations.js';
import { LIST_OPERATIONS } from './list-operations.js';
import { OPEN_OPERATIONS } from './open-operations.js';
import { PARTICIPANT_OPERATIONS } from './participant-operations.js';

/** Counted for every request that brought an API token to the file server, where it does not belong. */
const TOKEN_LEAK = 'tokenSentToFileServer';

// The literal `safeboxes/new` has to be seen before a guid.
const API_OPERATIONS: Operations<ApiCall> = {
  ...CONTRIBUTION_OPERATIONS,
  ...LIST_OPERATIONS,
  ...BOX_READ_OPERATIONS,
  ...BOX_CHANGE_OPERATIONS,
  ...PARTICIPANT_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...FAVORITE_OPERATIONS,
};

/** What the hosts work on. */
export interface HostParts {
  readonly service: Service;
  readonly addresses: Addresses;
}

/** Portal endpoint, portal host and SendSecure server in one. */
export function apiHost(parts: HostParts): RoutedHost {
  const { service } = parts;
  const signedIn = (call: OpenCall): ApiCall => ({ ...call, caller: callerOfRequest(service, call.request) });
  return {
    operations: {
      ...operationsOf(parts, OPEN_OPERATIONS, (call) => call),
      ...operationsOf(parts, API_OPERATIONS, signedIn),
    },
    // Some clients end every path so, some none.
    locate: ({ url }) => ({ path: parseTarget(url).path.replace(/\.json$/, '') }),
    rescue: refusalsOf((request) => {
      if (!parseTarget(request.url).path.startsWith('/api/v2/'))
        return jsonAnswer(404, { status: '404', error: 'Not Found' });
      callerOfRequest(service, request);
      throw notFound();
    }),
  };
}

/** The host that takes and gives the bytes of files. Whoever has a URL of it may use it. */
export function fileHost(parts: HostParts, { counters }: Pick<SimulatorKit, 'counters'>): RoutedHost {
  return {
    operations: operationsOf(parts, FILE_OPERATIONS, (call) => call),
    unknown: 'unknownFile',
    locate(request) {
      if (tokenOf(request) !== undefined) counters.count(TOKEN_LEAK);
      return parseTarget(request.url);
    },
    rescue: refusalsOf(() => {
      throw notFound();
    }),
  };
}

function operationsOf<C>(
  parts: HostParts,
  operations: Operations<C>,
  complete: (call: OpenCall) => C,
): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, [route, handle]]) => [
      name,
      [route, (call) => handle(complete({ ...call, ...parts, locale: localeOf(call.query.get('locale')) }))],
    ]),
  );
}

/** Makes answers of refusals. @param unknown answers, or refuses, what is no operation. */
function refusalsOf(unknown: (request: IncomingMessage) => HttpAnswer): NonNullable<RoutedHost['rescue']> {
  const rescue = (error: unknown, request: IncomingMessage): HttpAnswer | undefined => {
    if (error instanceof Refusal) return error.answer(localeOf(parseTarget(request.url).query.get('locale')));
    if (!(error instanceof UnknownOperation)) return undefined;
    try {
      return unknown(request);
    } catch (refusal) {
      return rescue(refusal, request);
    }
  };
  return rescue;
}

function callerOfRequest(service: Service, request: IncomingMessage) {
  const caller = callerOf(service, tokenOf(request));
  if (caller === undefined) throw unauthenticated();
  return caller;
}

/** The API token, by either of its two names. */
function tokenOf({ headers }: IncomingMessage): string | undefined {
  const token = headers['authorization-token'] ?? headers['xm-token-authorization'];
  return Array.isArray(token) ? token[0] : token;
}
