import type { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { HttpClient } from '../kit/http-client.js';
import { retryAfterMs } from '../kit/http-response.js';
import type { HttpResponse } from '../kit/http-response.js';
import { ProviderError } from '../../provider-error.js';
import { parseWire } from '../kit/parse.js';
import type { CallKind } from '../kit/transport-error.js';
import { fromAnswer, fromStatusText, PROVIDER } from './errors.js';
import type { Meanings } from './errors.js';

/** The four services of the provider. */
export const SERVICES = ['subscription', 'validation', 'quantum', 'dashboard'] as const;
export type Service = (typeof SERVICES)[number];

/** One call. */
export interface ApiCall {
  /** The provider's name for it; stands in the log in place of the URL, which may hold a PIN. */
  readonly operation: string;
  readonly service: Service;
  /** What must not happen twice, or shows in the provider's event log, is a write, whatever its method. */
  readonly kind: CallKind;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Segments below the base URL of the service; each is encoded. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
  /** The bearer token; null where none is needed. */
  readonly token: string | null;
  readonly meanings?: Meanings;
}

/** The API of XQ Message, version 2; every failure is a `ProviderError`. */
export interface Api {
  /** For answers without a body that matters. */
  send(call: ApiCall): Promise<void>;
  /** For answers of plain text that is never JSON: tokens, packets, locators. */
  text(call: ApiCall): Promise<string>;
  /** For plain text that may be anything, as keys are. */
  raw(call: ApiCall): Promise<string>;
  json<Schema extends z.ZodType>(call: ApiCall, schema: Schema): Promise<z.infer<Schema>>;
}

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
  const request = async (call: ApiCall): Promise<HttpResponse> => {
    const { operation, service, kind, method, token, meanings } = call;
    const key = keys[service];
    const body = call.text ?? (call.json === undefined ? undefined : JSON.stringify(call.json));
    const type = call.text === undefined ? 'application/json' : 'text/plain;charset=UTF-8';
    const response = await http[service].request({
      operation,
      kind,
      method,
      path: pathOf(call),
      headers: {
        ...(key !== undefined && { 'api-key': key }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': type }),
      },
      ...(body !== undefined && { body }),
    });
    if (response.status >= 200 && response.status <= 299) return response;
    throw fromAnswer(response, {
      kind,
      hasToken: token !== null,
      meanings,
      retryAfterMs: retryAfterMs(response.headers, clock),
    });
  };

  return {
    async send(call) {
      const response = await request(call);
      if (response.body.length > 0) throwRefusal(response);
    },
    async text(call) {
      const response = await request(call);
      throwRefusal(response);
      const text = response.text().trim();
      if (text !== '') return text;
      throw new ProviderError('PROVIDER_PROTOCOL', {
        provider: PROVIDER,
        cause: new Error(`${call.operation}: the body is empty`),
      });
    },
    async raw(call) {
      return (await request(call)).text();
    },
    async json(call, schema) {
      const response = await request(call);
      const body = response.json();
      const refusal = fromStatusText(body);
      if (refusal) throw refusal;
      return parseWire(schema, body, response.source);
    },
  };
}

function pathOf({ path, query = {} }: ApiCall): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const place = `/${path.map(encodeURIComponent).join('/')}`;
  return parameters.size > 0 ? `${place}?${parameters.toString()}` : place;
}

function throwRefusal(response: HttpResponse): void {
  if (!response.text().trimStart().startsWith('{')) return;
  const refusal = fromStatusText(response.json());
  if (refusal) throw refusal;
}
