import { ProviderError } from '../../provider-error.js';
import { understand } from './answer.js';
import type { Answer } from './answer.js';
import type { CallOptions } from './call-options.js';
import type { HttpClient } from './http-client.js';
import type { HttpResponse } from './http-response.js';
import { below } from './origins.js';
import { fillPath } from './path.js';
import type { Segments } from './path.js';
import type { CallKind } from './transport-error.js';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of a provider. */
export interface Operation<Value = unknown> {
  /** Method, and path below its service; `:name` is a segment that a caller names so. */
  readonly call: `${Method} /${string}`;
  /** What an understood success is. */
  readonly answer: Answer<Value>;
  /** Default: read for GET and HEAD, else write. Whatever must not happen twice is a write. */
  readonly kind?: CallKind;
  /** The answer is given only once: it is waited for long, and never asked for again unless the call was not sent. */
  readonly once?: boolean;
  /** All attempts and waits together, milliseconds, where it may take longer than usual. */
  readonly timeoutMs?: number;
  /** Which of the provider's services it is part of, where there are several. */
  readonly service?: string;
}

/** The operations of a provider, by its own names for them; these stand in the log in place of URLs. */
export type Operations<Name extends PropertyKey = string> = Readonly<Record<Name, Operation>>;

/** Null, undefined and empty are not sent. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What one call carries. */
export interface CallValues {
  readonly query?: Query;
  /** A whole URL that the provider gave, in place of path and query. */
  readonly url?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
}

/** The same, with the segments that its path has. */
export type ValuesOf<Row extends Operation> = [Segments<Row['call']>] extends [never]
  ? [values?: CallValues]
  : [values: CallValues & { readonly path: Readonly<Record<Segments<Row['call']>, string>> }];

/** A call as far as headers and errors depend on it. */
export interface PlannedCall<Row, Context> {
  readonly operation: Row;
  readonly method: Method;
  readonly kind: CallKind;
  /** With what it is made. */
  readonly context: Context;
}

export interface RestOptions<Table extends Operations<keyof Table>, Context extends CallOptions> {
  readonly provider: string;
  readonly operations: Table;
  /** Where an operation is called: by what client, and below what URL if that is not the client's own. */
  locate(operation: Table[keyof Table]): Promise<Place> | Place;
  headers?(call: PlannedCall<Table[keyof Table], Context>): Readonly<Record<string, string>>;
  /** Names the session that a call is made in, without giving it away. */
  sessionOf?(context: Context): string | undefined;
  /** Makes the wire's names of ours. Default: they are the same. */
  encode?(body: unknown): unknown;
  /** What an answer means that is no success. */
  refuse(response: HttpResponse, call: PlannedCall<Table[keyof Table], Context>): Error;
}

export interface Place {
  readonly http: HttpClient;
  readonly baseUrl?: string;
  /** Part of every query there. */
  readonly query?: Query;
}

/**
 * Calls an operation of the table and answers what it is described to answer.
 * @param context with what it is called; the request id goes to the provider
 * @throws ProviderError INVALID_INPUT for a segment of the path that would lead elsewhere, before anything is sent
 */
export type Rest<Table extends Operations<keyof Table>, Context extends CallOptions> = <
  Name extends keyof Table & string,
>(
  context: Context,
  name: Name,
  ...values: ValuesOf<Table[Name]>
) => Promise<ReturnType<Table[Name]['answer']>>;

/** The wire of a provider that speaks REST, from the table of its operations. */
export function createRest<
  const Table extends Operations<keyof Table>,
  Context extends CallOptions = CallOptions,
>(options: RestOptions<Table, Context>): Rest<Table, Context> {
  const { operations, encode = (body) => body } = options;
  const fixedPaths = new Set(Object.values<Operation>(operations).map(({ call }) => split(call).template));
  return async (context, name, ...[values]) => {
    const operation = operations[name];
    const { method, template } = split(operation.call);
    const { kind = isReading(method) ? 'read' : 'write', once = false, timeoutMs } = operation;
    const { json, text, path = {}, query, url }: AnyValues = values ?? {};
    const place = fillPath(template, path, fixedPaths);
    const call = { operation, method, kind, context };
    const { http, baseUrl, query: always } = await options.locate(operation);
    const target = place + search({ ...always, ...query });
    const body = text ?? (json === undefined ? undefined : JSON.stringify(encode(json)));
    const type = text === undefined ? 'application/json' : 'text/plain;charset=UTF-8';
    const response = await http.request({
      operation: name,
      kind,
      once,
      method,
      ...(url === undefined && baseUrl === undefined
        ? { path: target }
        : { url: url ?? below(baseUrl ?? '', target) }),
      headers: { ...(body !== undefined && { 'content-type': type }), ...options.headers?.(call) },
      requestId: context.requestId,
      caller: context.fairnessKey ?? options.sessionOf?.(context),
      ...(body !== undefined && { body }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    try {
      if (!response.isSuccess) throw options.refuse(response, call);
      return understand(operation.answer, response) as ReturnType<Table[typeof name]['answer']>;
    } catch (error) {
      // What the caller is told does not depend on its being kept.
      if (isExpiry(error)) await context.refused?.().catch(() => undefined);
      throw error;
    }
  };
}

function isExpiry(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'CREDENTIAL_EXPIRED';
}

type AnyValues = CallValues & { readonly path?: Readonly<Record<string, string>> };

function split(call: Operation['call']): { method: Method; template: string } {
  const [method, template] = call.split(' ', 2) as [Method, string];
  return { method, template };
}

function isReading(method: Method): boolean {
  return method === 'GET' || method === 'HEAD';
}

function search(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  return parameters.size > 0 ? `?${parameters.toString()}` : '';
}
