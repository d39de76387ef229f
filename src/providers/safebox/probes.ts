import { ConfigError } from '../../config/index.js';
import { ProviderError } from '../../provider-error.js';
import type { HttpClient } from '../kit/http-client.js';
import { answeredOr } from '../kit/probe.js';
import type { Probe } from '../kit/probe.js';
import type { Access } from './access.js';
import type { SafeboxClient } from './client.js';
import { PROVIDER } from './errors.js';

/** Whether anybody is there; what is asked for without a path is no file. */
export function fileServerProbes(http: HttpClient, origins: readonly string[]): readonly Probe[] {
  return origins.map((url) => ({
    ...{ what: new URL(url).origin, address: 'SAFEBOX_FILE_ORIGINS', authorities: 'SAFEBOX_CA_FILE' },
    async ask() {
      await http.request({ operation: 'probe', kind: 'read', method: 'GET', url });
      return undefined;
    },
  }));
}

/** @param origins those that are configured for portal and server, the endpoint first */
export function probesOf(client: SafeboxClient, origins: readonly string[]): readonly Probe[] {
  const place = { address: 'SAFEBOX_URL', authorities: 'SAFEBOX_CA_FILE' };
  const missingHosts = async (): Promise<readonly string[]> => {
    const named = (await client.namedHosts()).map(originOf);
    const known = origins.map(originOf);
    return [...new Set(named)].filter((origin) => !known.includes(origin));
  };
  const discovery: Probe = {
    ...place,
    what: 'the hosts of the account',
    credential: 'SAFEBOX_ENTERPRISE_ACCOUNT',
    async ask() {
      const missing = await missingHosts().catch((error: unknown) => {
        // The portal says so of an account that it does not know, and so does any other server.
        if (!(error instanceof ProviderError) || error.providerCode !== 'HTTP_404') throw error;
        throw new ConfigError(
          'SAFEBOX_ENTERPRISE_ACCOUNT',
          'names an account that the portal does not know; or SAFEBOX_URL leads to another service.',
        );
      });
      if (missing.length === 0) return undefined;
      const line = `SAFEBOX_SERVER_ORIGINS=${[...origins.slice(1), ...missing].join(',')}`;
      throw new ConfigError(
        'SAFEBOX_SERVER_ORIGINS',
        `lacks hosts that the portal names for this account, so every call fails; set ${line}`,
      );
    },
  };
  const { enterpriseToken } = client;
  if (enterpriseToken === null) return [discovery];
  const access: Access = { id: 'sealgraph-doctor', kind: 'enterprise', token: enterpriseToken, userId: null };
  const settings: Probe = {
    ...place,
    what: 'getEnterpriseSettings',
    credential: 'SAFEBOX_API_TOKEN',
    // Where the hosts are not known there is nobody to ask, and the other probe says so.
    async ask() {
      const isReady = await missingHosts()
        .then(({ length }) => length === 0)
        .catch(() => false);
      return isReady ? answeredOr(client.accounts.enterpriseSettings(access)) : undefined;
    },
  };
  return [discovery, settings];
}

function originOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed && /^https?:$/.test(parsed.protocol)) return parsed.origin;
  throw new ProviderError('PROVIDER_PROTOCOL', {
    provider: PROVIDER,
    cause: new Error('the host is no URL'),
  });
}
