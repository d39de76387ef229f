import type { Clock } from '../../clock.js';
import type { CallOptions } from '../kit/call-options.js';
import type { HttpClient } from '../kit/http-client.js';
import { retryAfterMs } from '../kit/http-response.js';
import { createRest } from '../kit/rest.js';
import type { Rest } from '../kit/rest.js';
import { fromAnswer, PROVIDER } from './errors.js';
import { OPERATIONS } from './operations.js';
import type { Service } from './operations.js';

/** With what a call is made. */
export interface Bearer extends CallOptions {
  /** Undefined where none is needed. */
  readonly token?: string | undefined;
  /** Of the session. */
  readonly id?: string | undefined;
}

/** The API of XQ Message, version 2; every failure is a `ProviderError`. */
export type Api = Rest<typeof OPERATIONS, Bearer>;

export interface ApiOptions {
  readonly http: Readonly<Record<Service, HttpClient>>;
  readonly apiKey: string;
  /** Undefined: the dashboard is asked with the general key, which it accepts for announcing devices only. */
  readonly dashboardApiKey: string | undefined;
  readonly clock: Clock;
}

export function createApi({ http, apiKey, dashboardApiKey, clock }: ApiOptions): Api {
  const keys: Readonly<Record<Service, string | undefined>> = {
    subscription: apiKey,
    validation: apiKey,
    quantum: undefined,
    dashboard: dashboardApiKey ?? apiKey,
  };
  return createRest<typeof OPERATIONS, Bearer>({
    provider: PROVIDER,
    operations: OPERATIONS,
    sessionOf: ({ id }) => id,
    locate: ({ service }) => ({ http: http[service] }),
    headers({ operation, context: { token } }) {
      const key = keys[operation.service];
      return {
        ...(key !== undefined && { 'api-key': key }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
    },
    refuse: (response, { operation, kind, context }) =>
      fromAnswer(response, {
        kind,
        hasToken: context.token !== undefined,
        meanings: 'meanings' in operation ? operation.meanings : undefined,
        retryAfterMs: retryAfterMs(response.headers, clock),
      }),
  });
}
