import type { IncomingMessage, RequestListener } from 'node:http';
import { answering, jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import type { CallCounters } from '../../kit/call-counters.js';
import type { FaultInjector } from '../../kit/faults.js';
import { createRouter, parseTarget } from '../../kit/router.js';
import type { Service } from '../state/service.js';
import { callerOf } from '../state/tokens.js';
import { localeOf } from '../texts.js';
import { notFound, Refusal, unauthenticated } from '../wire/refusal.js';
import { ACCOUNT_ROUTES } from './account-routes.js';
import { BOX_CHANGE_ROUTES } from './box-change-routes.js';
import { BOX_READ_ROUTES } from './box-read-routes.js';
import type { Addresses, OpenCall } from './call.js';
import { CONTRIBUTION_ROUTES } from './contribution-routes.js';
import { FAVORITE_ROUTES } from './favorite-routes.js';
import { LIST_ROUTES } from './list-routes.js';
import { OPEN_ROUTES } from './open-routes.js';
import { PARTICIPANT_ROUTES } from './participant-routes.js';

/** What every simulated host needs. */
export interface HostParts {
  readonly service: Service;
  readonly addresses: Addresses;
  readonly counters: CallCounters;
  readonly faults: FaultInjector;
}

const findOpenRoute = createRouter(OPEN_ROUTES);

// The literal `safeboxes/new` has to be seen before a guid.
const findApiRoute = createRouter([
  ...CONTRIBUTION_ROUTES,
  ...LIST_ROUTES,
  ...BOX_READ_ROUTES,
  ...BOX_CHANGE_ROUTES,
  ...PARTICIPANT_ROUTES,
  ...ACCOUNT_ROUTES,
  ...FAVORITE_ROUTES,
]);

/** Portal endpoint, portal host and SendSecure server in one. */
export function createApi({ service, addresses, counters, faults }: HostParts): RequestListener {
  return answering((request) => {
    const target = parseTarget(request.url);
    // Some clients end every path so, some none.
    const path = target.path.replace(/\.json$/, '');
    const method = request.method ?? '';
    const open = findOpenRoute(method, path);
    const api = findApiRoute(method, path);
    const operation = open.route?.operation ?? api.route?.operation ?? 'unknown';
    const locale = localeOf(target.query.get('locale'));
    const call = { service, addresses, request, query: target.query, locale };
    counters.count(operation);
    return faults.around(operation, () =>
      refusing(call, async () => {
        if (open.route !== undefined) return open.route.handle({ ...call, params: open.params });
        if (!path.startsWith('/api/v2/')) return jsonAnswer(404, { status: '404', error: 'Not Found' });
        const caller = callerOf(service, tokenOf(request));
        if (caller === undefined) throw unauthenticated();
        if (api.route === undefined) throw notFound();
        return api.route.handle({ ...call, params: api.params, caller });
      }),
    );
  });
}

/** Makes an answer of a refusal. */
export async function refusing<Kind extends HttpAnswer>(
  { locale }: Pick<OpenCall, 'locale'>,
  handle: () => Promise<Kind>,
): Promise<Kind | HttpAnswer> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof Refusal) return error.answer(locale);
    throw error;
  }
}

/** The API token, by either of its two names. */
export function tokenOf({ headers }: IncomingMessage): string | undefined {
  const token = headers['authorization-token'] ?? headers['xm-token-authorization'];
  return Array.isArray(token) ? token[0] : token;
}
