import type { IncomingMessage } from 'node:http';
import { textAnswer, type HttpAnswer } from '../kit/answer.js';
import type { Found } from '../kit/host.js';
import { parseTarget } from '../kit/router.js';
import { hasCredentials, UNAUTHORIZED } from './basic-credentials.js';
import type { Envelope } from './envelope.js';
import { GuardError } from './guard-error.js';
import type { Call } from './handlers/call.js';
import { downloadExposed } from './handlers/support.js';
import { lookUpKeys } from './key-server.js';
import { findOperation, type Operation } from './operations.js';
import { readParameters } from './parameters.js';
import type { RequestLog } from './request-log.js';
import type { ServerCredentials } from './server-credentials.js';
import type { World } from './state/world.js';

/** What answering a request takes. */
export interface ServerParts {
  /** Settles once the seeds are there; should they fail, whoever waits for them is told. */
  readonly world: () => Promise<World>;
  readonly credentials: () => ServerCredentials;
  readonly envelope: Envelope;
  readonly log: RequestLog;
}

/** Reads a request of the Guard, support and key server addresses. */
export async function findCall(parts: ServerParts, request: IncomingMessage): Promise<Found> {
  const world = await parts.world();
  const { method = 'GET' } = request;
  const { path, query } = parseTarget(request.url);
  const exposed = downloadExposed(world, method, path);
  if (exposed !== undefined) return { operation: 'downloadExposedKey', perform: () => exposed };
  const published = await lookUpKeys(world, path, query);
  if (published !== undefined) return { operation: 'lookUpKeys', perform: () => published };
  const { module, found } = findOperation(method, path, query.get('action') ?? '');
  if (found === undefined)
    return { operation: 'unknown', perform: () => unknownOperation(parts.envelope, module) };
  return {
    operation: found.name,
    perform: () => perform(parts, world, found, request, query).finally(() => world.save()),
  };
}

async function perform(
  { credentials, envelope, log }: ServerParts,
  world: World,
  operation: Operation & { readonly name: string },
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<HttpAnswer> {
  const { plane } = operation;
  const { authorization, cookie, host = '', 'user-agent': userAgent = '' } = request.headers;
  const params = await readParameters(request, query);
  log.add(operation.name, params.names());
  if (plane === 'rest' || plane === 'support') {
    if (!hasCredentials(authorization, plane, credentials())) return UNAUTHORIZED;
  }
  const call: Call = { world, params, envelope, request, origin: `http://${host}` };
  try {
    if (operation.plane !== 'user') return await operation.handle(call);
    const id = query.get('session') ?? undefined;
    const session = world.sessions.use(id, cookie, userAgent);
    const account = session === undefined ? undefined : world.account(session.accountId);
    if (session === undefined || account === undefined)
      throw new GuardError('sessionExpired', id === undefined ? [] : [id]);
    return await operation.handle({ ...call, session, account });
  } catch (error) {
    if (error instanceof GuardError) return envelope.error(error);
    throw error;
  }
}

// Guard itself does not know the envelope here; the middleware in front of it does.
function unknownOperation(envelope: Envelope, module: string | undefined): HttpAnswer {
  if (module === undefined) return textAnswer(404, 'not found');
  if (module === 'login' || module === 'guard-json') return envelope.error(new GuardError('unknownAction'));
  return textAnswer(500, 'unknown action');
}
