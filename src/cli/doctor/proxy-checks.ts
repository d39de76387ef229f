import { once } from 'node:events';
import { connect } from 'node:net';
import { ConfigError } from '../../config/index.js';
import type { ConfigSurvey } from '../../config/index.js';
import type { Check } from './finding.js';

/** Sees whether anybody listens where the proxy is said to be: else each provider would seem to be away. */
export function proxyChecks({ calls }: ConfigSurvey): readonly Check[] {
  const { proxy, connectTimeoutMs = 0 } = calls ?? {};
  if (!proxy) return [];
  return [{ what: 'proxy', run: () => reach(new URL(proxy.url.reveal()), connectTimeoutMs) }];
}

/** @throws ConfigError */
async function reach({ protocol, hostname, port }: URL, timeoutMs: number): Promise<void> {
  const socket = connect({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
  } catch {
    throw new ConfigError('HTTPS_PROXY', 'leads to where no proxy can be reached, so no provider can.');
  } finally {
    socket.destroy();
  }
}
