import type { IncomingMessage } from 'node:http';
import { textAnswer, type HttpAnswer } from '../kit/answer.js';
import { UnknownOperation } from '../kit/host.js';
import { parseTarget } from '../kit/router.js';
import { simulate } from '../kit/simulate.js';
import { API_KEYS, ApiKeys } from './api-keys.js';
import { ASSUMED } from './assumptions.js';
import { controlOf } from './control.js';
import { fullPath, operationsOf, serviceOf } from './operations/all.js';
import { clickLink } from './state/authorizations.js';
import { followDashboardLink } from './state/dashboard-links.js';
import { certificateFiles, DEMO_TEAM, ensureCertificateFiles, seed } from './state/seeds.js';
import { World } from './state/world.js';
import { text } from './wire/answers.js';
import { badApiKey, notFound, Refusal } from './wire/refusal.js';

const LINK_PATH = '/__sim/link/';

const ABOUT = `\
XQ Message, API version 2: subscription, validation, quantum and dashboard on one port, told apart by the first segment of the path or by the host's first label. PINs are \`123456\` until the dialect changes.

Seeds: team 1234 with locator key \`sim-locator-key\`; its members \`ana@example.com\` (dashboard password \`ana-demo-password\`) and \`bo@example.com\` (\`bo-demo-password\`), both registered; group 55 of both; certificate 7, whose texts are in files (\`clientCert\`, \`clientKey\`, \`transportKey\`). Everybody else may sign in too.

By the end of a user's local part: \`+link\` clicks the mailed link at the third exchange, \`+blocked\` is refused, \`+expired\` gets a dead pre-auth token, \`+slowmail\` has its PIN after 3 s. Device \`foreign-ip\` is refused.

In \`meta.labels\`, seconds: \`sim:revoke-after=N\`, \`sim:expire-after=N\`, \`sim:fetch-after=N\`; \`sim:fail=503x2\` lets the next two calls on the locator fail. \`expires\` 0 stores an expired key.`;

/** Stand-in for XQ Message, API version 2, over plain HTTP. */
export const xqkeysSimulator = simulate('xqkeys', (kit) => {
  const world = new World(kit);
  const apiKeys = new ApiKeys();
  const files = certificateFiles(kit.dir);
  return {
    about: ABOUT,
    operations: operationsOf(world),
    ...controlOf({ world, apiKeys, files, origin: kit.origin }),
    locate(request) {
      const { path } = parseTarget(request.url);
      if (path.startsWith(LINK_PATH)) return followLink(world, path.slice(LINK_PATH.length));
      return request.method === 'OPTIONS' ? { path: '/*' } : { path: fullPath(request, path) };
    },
    refuse({ operation, request, query }) {
      const service = serviceOf.get(operation);
      const isOpen = service === undefined || apiKeys.open(service, operation, apiKeyOf(request, query));
      return isOpen ? undefined : badApiKey().answer();
    },
    rescue(error) {
      if (error instanceof UnknownOperation) return unknown(error).answer();
      return error instanceof Refusal ? error.answer() : undefined;
    },
    async open() {
      await ensureCertificateFiles(world, files);
      if (!world.restored) seed(world, files);
      world.compact();
    },
    environment: (url) => ({
      XQKEYS_SUBSCRIPTION_URL: `${url}/subscription/v2`,
      XQKEYS_VALIDATION_URL: `${url}/validation/v2`,
      XQKEYS_QUANTUM_URL: `${url}/quantum/v2`,
      XQKEYS_DASHBOARD_URL: `${url}/dashboard/v2`,
      XQKEYS_API_KEY: API_KEYS.general,
      XQKEYS_DASHBOARD_API_KEY: API_KEYS.dashboard,
      XQKEYS_LOCATOR_KEY: DEMO_TEAM.locatorKey,
    }),
    files: () => files,
  };
});

function apiKeyOf({ headers }: IncomingMessage, query: URLSearchParams): string | undefined {
  const header = headers['api-key'];
  return typeof header === 'string' ? header : (query.get('api-key') ?? undefined);
}

function unknown({ reason }: UnknownOperation): Refusal {
  return reason === 'unknown method'
    ? new Refusal(ASSUMED.statuses.wrongMethod, 'The method is not supported')
    : notFound('There is nothing here');
}

function followLink(world: World, secret: string): HttpAnswer {
  if (clickLink(world, secret)) return text('You are validated.');
  const token = followDashboardLink(world, secret);
  return token === undefined ? textAnswer(404, 'This link is not good any more.') : text(token);
}
