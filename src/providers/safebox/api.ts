import type { CallOptions } from '../kit/call-options.js';
import type { HttpClient } from '../kit/http-client.js';
import { below, withinOrigins } from '../kit/origins.js';
import { createRest } from '../kit/rest.js';
import type { Place, Rest } from '../kit/rest.js';
import type { Access } from './access.js';
import { toSnakeCase } from './case.js';
import { createDiscovery } from './discovery.js';
import { fromAnswer, PROVIDER } from './errors.js';
import { OPERATIONS } from './operations.js';
import type { Service } from './operations.js';

/** With what a call is made; hosts and sign-ins need nothing. */
export type Bearer = CallOptions & Partial<Pick<Access, 'id' | 'kind' | 'token'>>;

/** The API of the account's server; every failure is a `ProviderError`. */
export interface Api {
  readonly call: Rest<typeof OPERATIONS, Bearer>;
  readonly account: string;
  /** Origins, as URLs, of portal and server as the portal names them now. */
  namedHosts(): Promise<readonly string[]>;
  /** The URL of a page, relative or absolute, that a list answered (doubt 7). @throws ProviderError PROVIDER_PROTOCOL */
  pageUrl(link: string): Promise<string>;
}

export interface ApiOptions {
  readonly http: HttpClient;
  readonly account: string;
  /** Origins that portal and server may have. */
  readonly origins: readonly string[];
  readonly locale: string;
}

export function createApi({ http, account, origins, locale }: ApiOptions): Api {
  const call: Api['call'] = createRest<typeof OPERATIONS, Bearer>({
    provider: PROVIDER,
    operations: OPERATIONS,
    locate: (operation) => places['service' in operation ? operation.service : 'server'](),
    headers: ({ method, context: { token } }) => ({
      accept: 'application/json',
      ...(token !== undefined && { 'authorization-token': token }),
      ...(method !== 'GET' && { 'content-type': 'application/json' }),
    }),
    sessionOf: ({ id }) => id,
    encode: toSnakeCase,
    refuse: (response, { context }) => fromAnswer(response, context.kind),
  });
  const discovery = createDiscovery((name) => call({}, name, { path: { account } }), origins);
  const places: Readonly<Record<Service, () => Promise<Place> | Place>> = {
    endpoint: () => ({ http }),
    portal: async () => ({ http, baseUrl: await discovery.portal() }),
    server: async () => ({ http, baseUrl: below(await discovery.server(), '/api/v2'), query: { locale } }),
  };
  return {
    call,
    account,
    namedHosts: () => discovery.named(),
    async pageUrl(link) {
      const server = await discovery.server();
      const url = withinOrigins(URL.parse(link, below(server, '/'))?.href ?? '', [server]);
      if (!url.searchParams.has('locale')) url.searchParams.set('locale', locale);
      return url.href;
    },
  };
}
