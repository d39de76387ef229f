import type { z } from 'zod';
import type { HttpClient } from '../kit/http-client.js';
import type { HttpResponse } from '../kit/http-response.js';
import { below, withinOrigins } from '../kit/origins.js';
import { parseWire } from '../kit/parse.js';
import type { CallKind } from '../kit/transport-error.js';
import type { Access } from './access.js';
import { toCamelCase, toSnakeCase } from './case.js';
import type { Discovery } from './discovery.js';
import { fromAnswer, PROVIDER } from './errors.js';

/** One call of `api/v2`. Names in `query` and `body` are ours and are turned into those of the wire. */
export interface ApiCall {
  /** The provider's name for it. */
  readonly operation: string;
  readonly kind: CallKind;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Segments below `api/v2`; each is encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | null | undefined>>;
  readonly body?: object;
}

/** The API of the account's server; every failure is a `ProviderError`. */
export interface Api {
  readonly account: string;
  call<Schema extends z.ZodType>(access: Access, call: ApiCall, schema: Schema): Promise<z.infer<Schema>>;
  /** For answers without a body. */
  send(access: Access, call: ApiCall): Promise<void>;
  /** Reads the page behind a URL, relative or absolute, that a list answered (doubt 7). */
  follow<Schema extends z.ZodType>(
    access: Access,
    pageUrl: string,
    operation: string,
    schema: Schema,
  ): Promise<z.infer<Schema>>;
}

export interface ApiOptions {
  readonly http: HttpClient;
  readonly discovery: Discovery;
  readonly account: string;
  readonly locale: string;
}

export function createApi({ http, discovery, account, locale }: ApiOptions): Api {
  const request = async (
    access: Access,
    call: Omit<ApiCall, 'path' | 'query'>,
    url: string,
  ): Promise<HttpResponse> => {
    const { operation, kind, method, body } = call;
    const response = await http.request({
      operation,
      kind,
      method,
      url,
      requestId: access.requestId,
      headers: {
        'authorization-token': access.token,
        accept: 'application/json',
        ...(method !== 'GET' && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(toSnakeCase(body)) }),
    });
    if (response.status >= 200 && response.status <= 299) return response;
    const error = fromAnswer(response, { kind, access });
    if (error.code === 'CREDENTIAL_EXPIRED') await access.refused?.();
    throw error;
  };
  const urlOf = async ({ path, query = {} }: ApiCall): Promise<string> => {
    const parameters = new URLSearchParams({ locale });
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
    }
    const place = ['', 'api', 'v2', ...path.map(encodeURIComponent)].join('/');
    return `${below(await discovery.server(), place)}?${parameters.toString()}`;
  };
  const read = <Schema extends z.ZodType>(
    response: HttpResponse,
    operation: string,
    schema: Schema,
  ): z.infer<Schema> => parseWire(schema, toCamelCase(response.json()), { provider: PROVIDER, operation });

  return {
    account,
    async call(access, call, schema) {
      return read(await request(access, call, await urlOf(call)), call.operation, schema);
    },
    async send(access, call) {
      await request(access, call, await urlOf(call));
    },
    async follow(access, pageUrl, operation, schema) {
      const server = await discovery.server();
      const url = withinOrigins(URL.parse(pageUrl, below(server, '/'))?.href ?? '', [server]);
      if (!url.searchParams.has('locale')) url.searchParams.set('locale', locale);
      return read(
        await request(access, { operation, kind: 'read', method: 'GET' }, url.href),
        operation,
        schema,
      );
    },
  };
}
