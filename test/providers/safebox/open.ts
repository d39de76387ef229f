import type { IncomingHttpHeaders } from 'node:http';
import { loadConfig } from '../../../src/config/index.js';
import { ProviderError } from '../../../src/provider-error.js';
import type { Access } from '../../../src/providers/safebox/access.js';
import type { SafeboxClient } from '../../../src/providers/safebox/client.js';
import { connectSafebox } from '../../../src/providers/safebox/connect.js';
import { safeboxSettings } from '../../../src/providers/safebox/settings.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import type { SafeboxControl } from '../../../src/simulators/safebox/control.js';
import { safeboxSimulator } from '../../../src/simulators/safebox/simulator.js';
import { bodyOf, startServer } from '../../support/http-server.js';
import type { TestServer } from '../../support/http-server.js';
import { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';
import type { MemoryLogger } from '../../support/memory-logger.js';
import { startSimulator, temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

export const ADA = {
  username: 'ada',
  password: 'ada-demo-password',
  oneTimePassword: null,
  deviceId: 'device-1',
  deviceName: 'Test',
};

/** A user's session, for servers that do not look at it. */
export const SESSION: Access = { kind: 'session', id: 'one', token: 'USER|secret-token', userId: '123' };
export const ENTERPRISE: Access = { kind: 'enterprise', id: 'all', token: 'secret-token', userId: null };

/** A client and the simulator it talks to, on one clock that stands still. */
export async function openSafeboxClient(
  t: Teardown,
): Promise<{ client: SafeboxClient; simulator: Simulator<SafeboxControl> }> {
  const clock = new ManualClock();
  const simulator = await startSimulator(t, safeboxSimulator, {
    clock,
    stepMs: 0,
    dir: await temporaryDirectory(t),
  });
  return { simulator, client: connect(t, simulator.environment, clock).client };
}

/** A session of the first demo user. */
export async function signIn(client: SafeboxClient): Promise<Access> {
  const { token, userId } = await client.signIn(ADA);
  return { kind: 'session', id: 'ada', token, userId };
}

/** One request as a raw server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a raw server says: an object is JSON, text goes as it is. */
export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface RawSafebox {
  readonly client: SafeboxClient;
  readonly server: TestServer;
  readonly logger: MemoryLogger;
  /** Requests so far, without those for hosts. */
  readonly seen: readonly Seen[];
}

/** A client of a raw server that is portal, server and file server in one. `discover` answers what asks for hosts. */
export async function openRaw(
  t: Teardown,
  answer: (seen: Seen) => Said | undefined,
  settings: Readonly<Record<string, string>> = {},
  discover: (url: string) => Said | undefined = () => undefined,
): Promise<RawSafebox> {
  const seen: Seen[] = [];
  const server = await startServer(t, (request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body };
      const isDiscovery = url.startsWith('/services/');
      if (!isDiscovery) seen.push(one);
      const said = isDiscovery
        ? (discover(url) ?? { body: `${server.url}/` })
        : (answer(one) ?? { status: 404 });
      const text = typeof said.body === 'object' ? JSON.stringify(said.body) : String(said.body ?? '');
      response.writeHead(said.status ?? 200, { ...said.headers }).end(text);
    });
  });
  const environment = { SAFEBOX_URL: server.url, SAFEBOX_ENTERPRISE_ACCOUNT: 'acme', ...settings };
  return { ...connect(t, environment, new ManualClock()), server, seen };
}

function connect(
  t: Teardown,
  environment: Readonly<Record<string, string>>,
  clock: ManualClock,
): { client: SafeboxClient; logger: MemoryLogger } {
  const provider = { name: 'safebox', settings: safeboxSettings };
  const logger = memoryLogger();
  const client = connectSafebox(loadConfig(environment, [provider]).settingsOf(provider), {
    http: { random: () => 0, retry: { retries: 0 } },
    clock,
    logger,
  });
  t.after(() => client.close());
  return { client, logger };
}

/** For `assert.rejects`: a `ProviderError` with these properties, none of which holds what the provider said. */
export function refusedWith(
  expected: Partial<Pick<ProviderError, 'code' | 'providerCode' | 'path'>>,
): (error: unknown) => boolean {
  return (error) => {
    if (!(error instanceof ProviderError)) throw error;
    const found = Object.entries(expected).every(
      ([name, value]) => JSON.stringify(error[name as keyof typeof expected]) === JSON.stringify(value),
    );
    return found && !/upstream words/.test(JSON.stringify([error.message, error.path]));
  };
}
