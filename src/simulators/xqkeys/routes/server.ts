import type { IncomingMessage, RequestListener } from 'node:http';
import { isIP } from 'node:net';
import { answering, textAnswer, type HttpAnswer } from '../../kit/answer.js';
import type { CallCounters } from '../../kit/call-counters.js';
import type { FaultInjector } from '../../kit/faults.js';
import { createRouter, parseTarget } from '../../kit/router.js';
import { ASSUMED } from '../assumptions.js';
import { clickLink } from '../state/authorizations.js';
import { apiKeyFits, type ApiKeys } from './api-keys.js';
import { followDashboardLink } from '../state/dashboard-links.js';
import type { World } from '../state/world.js';
import { nothing, text } from '../wire/answers.js';
import { badApiKey, notFound, Refusal } from '../wire/refusal.js';
import { ACCOUNT_ROUTES } from './account-routes.js';
import { SERVICES, type ServiceName, type ServiceRoute } from './call.js';
import { CONTACT_ROUTES } from './contact-routes.js';
import { DASHBOARD_LOGIN_ROUTES } from './dashboard-login-routes.js';
import { KEY_ROUTES } from './key-routes.js';
import { PACKET_ROUTES } from './packet-routes.js';
import { QUANTUM_ROUTES } from './quantum-routes.js';
import { SIGN_IN_ROUTES } from './sign-in-routes.js';
import { TEAM_ROUTES } from './team-routes.js';
import { TRAIL_ROUTES } from './trail-routes.js';

/** What all four services need. */
export interface ServerParts {
  readonly world: World;
  readonly apiKeys: ApiKeys;
  readonly counters: CallCounters;
  readonly faults: FaultInjector;
}

const ROUTES: Readonly<Record<ServiceName, readonly ServiceRoute[]>> = {
  subscription: [...SIGN_IN_ROUTES, ...ACCOUNT_ROUTES, ...PACKET_ROUTES],
  validation: KEY_ROUTES,
  quantum: QUANTUM_ROUTES,
  dashboard: [...DASHBOARD_LOGIN_ROUTES, ...TRAIL_ROUTES, ...TEAM_ROUTES, ...CONTACT_ROUTES],
};

const FINDERS = {
  subscription: createRouter(ROUTES.subscription),
  validation: createRouter(ROUTES.validation),
  quantum: createRouter(ROUTES.quantum),
  dashboard: createRouter(ROUTES.dashboard),
};

const LINK_PATH = '/__sim/link/';

/** All four services on one port, told apart by the first segment of the path or by the host's first label. */
export function createServer(parts: ServerParts): RequestListener {
  return answering((request) => {
    const { path, query } = parseTarget(request.url);
    if (path.startsWith(LINK_PATH))
      return Promise.resolve(followLink(parts.world, path.slice(LINK_PATH.length)));
    const method = request.method ?? '';
    const place = locate(request, path);
    const found = place === undefined ? undefined : FINDERS[place.service](method, place.path);
    const operation = method === 'OPTIONS' ? 'options' : (found?.route?.operation ?? 'unknown');
    parts.counters.count(operation);
    return parts.faults.around(operation, () =>
      refusing(async () => {
        // A published client writes by this method; it never had an effect.
        if (method === 'OPTIONS') return nothing();
        if (place === undefined || found === undefined) throw notFound('There is nothing here');
        if (found.route === undefined) {
          if (found.reason === 'unknown path') throw notFound('There is nothing here');
          throw new Refusal(ASSUMED.statuses.wrongMethod, 'The method is not supported');
        }
        // The finder knows the route by what all simulators share; its own part is on the same object.
        const route: ServiceRoute = found.route;
        if (!apiKeyFits(parts, place.service, route, request, query)) throw badApiKey();
        const { world } = parts;
        return route.handle({ world, request, query, params: found.params, ip: addressOf(request) });
      }),
    );
  });
}

function locate(
  { headers }: IncomingMessage,
  path: string,
): { service: ServiceName; path: string } | undefined {
  const [label = ''] = (headers.host ?? '').split('.');
  const byHost = SERVICES.find((service) => service === label);
  const byPath = SERVICES.find((service) => path.startsWith(`/${service}/v2`));
  const service = byPath ?? byHost;
  if (service === undefined) return undefined;
  const prefix = byPath === undefined ? '/v2' : `/${byPath}/v2`;
  if (!path.startsWith(prefix)) return undefined;
  return { service, path: path.slice(prefix.length) };
}

async function refusing(handle: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof Refusal) return error.answer();
    throw error;
  }
}

// Some clients say on whose behalf they come.
function addressOf({ headers, socket }: IncomingMessage): string {
  const told = headers['trusted-address'];
  if (typeof told === 'string' && isIP(told) > 0) return told;
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

function followLink(world: World, secret: string): HttpAnswer {
  if (clickLink(world, secret)) return text('You are validated.');
  const token = followDashboardLink(world, secret);
  return token === undefined ? textAnswer(404, 'This link is not good any more.') : text(token);
}
