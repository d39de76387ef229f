import { isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { Operation } from '../../kit/host.js';
import { splitRoute, type Route } from '../../kit/router.js';
import { SERVICES, type ServiceName } from '../api-keys.js';
import type { World } from '../state/world.js';
import { nothing } from '../wire/answers.js';
import { ACCOUNT_OPERATIONS } from './account-operations.js';
import type { Operations } from './call.js';
import { CONTACT_OPERATIONS } from './contact-operations.js';
import { DASHBOARD_LOGIN_OPERATIONS } from './dashboard-login-operations.js';
import { KEY_OPERATIONS } from './key-operations.js';
import { PACKET_OPERATIONS } from './packet-operations.js';
import { QUANTUM_OPERATIONS } from './quantum-operations.js';
import { SIGN_IN_OPERATIONS } from './sign-in-operations.js';
import { TEAM_OPERATIONS } from './team-operations.js';
import { TRAIL_OPERATIONS } from './trail-operations.js';

const OPERATIONS: Readonly<Record<ServiceName, Operations>> = {
  subscription: { ...SIGN_IN_OPERATIONS, ...ACCOUNT_OPERATIONS, ...PACKET_OPERATIONS },
  validation: KEY_OPERATIONS,
  quantum: QUANTUM_OPERATIONS,
  dashboard: {
    ...DASHBOARD_LOGIN_OPERATIONS,
    ...TRAIL_OPERATIONS,
    ...TEAM_OPERATIONS,
    ...CONTACT_OPERATIONS,
  },
};

/** The service an operation belongs to; undefined for what is none. */
export const serviceOf: ReadonlyMap<string, ServiceName> = new Map(
  SERVICES.flatMap((service) => Object.keys(OPERATIONS[service]).map((name) => [name, service] as const)),
);

/** The operations of all four services, each below the path of its service. */
export function operationsOf(world: World): Readonly<Record<string, Operation>> {
  const own = SERVICES.flatMap((service) =>
    Object.entries(OPERATIONS[service]).map(([name, [route, handle]]): [string, Operation] => [
      name,
      [below(service, route), (call) => handle({ ...call, world, ip: addressOf(call.request) })],
    ]),
  );
  // A published client writes by this method; it never had an effect.
  return { ...Object.fromEntries(own), options: ['OPTIONS /*', nothing] };
}

/** The path with its service, where a client tells that by the host's first label, as subdomains do. */
export function fullPath({ headers }: IncomingMessage, path: string): string {
  const [label] = (headers.host ?? '').split('.');
  const isWhole = SERVICES.some((service) => path.startsWith(`/${service}/v2`));
  const byHost = isWhole ? undefined : SERVICES.find((service) => service === label);
  const whole = byHost === undefined ? path : `/${byHost}${path}`;
  return whole === '/quantum/v2/' ? '/quantum/v2' : whole;
}

function below(service: ServiceName, route: Route): Route {
  const { method, path } = splitRoute(route);
  return `${method} /${service}/v2${path === '/' ? '' : path}`;
}

// Some clients say on whose behalf they come.
function addressOf({ headers, socket }: IncomingMessage): string {
  const told = headers['trusted-address'];
  if (typeof told === 'string' && isIP(told) > 0) return told;
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
