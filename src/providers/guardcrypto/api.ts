import { ProviderError } from '../../provider-error.js';
import type { CallOptions } from '../kit/call-options.js';
import type { HttpClient } from '../kit/http-client.js';
import type { CallKind } from '../kit/transport-error.js';
import { cookieHeader, mergeCookies } from './access.js';
import type { Access, Cookies } from './access.js';
import { GuardAnswer, readJson } from './answer.js';
import { encodeCall } from './encode-call.js';
import type { Value } from './encode-call.js';
import { fromEnvelope, fromStatus, PROVIDER } from './errors.js';
import type { WireFacts } from './operations-file.js';
import type { OperationName, ParameterName, Plane } from './operations.js';

/** Name and password of a server API. */
export interface BasicCredentials {
  readonly user: string;
  readonly password: string;
}

/** The values of the parameters of an operation. */
export type Values<Name extends OperationName> = { readonly [Parameter in ParameterName<Name>]?: Value };

export interface GuardCallOptions extends CallOptions {
  /** In place of what the table says. */
  readonly kind?: CallKind;
  /** In place of what the table says. */
  readonly timeoutMs?: number;
  /** In place of that of the session, for what has none. */
  readonly userAgent?: string;
}

/** Every operation of the provider by name; every failure is a `ProviderError`. */
export interface Api {
  /** @param access the session, for operations of users; null for the others */
  call<Name extends OperationName>(
    name: Name,
    access: Access | null,
    values: Values<Name>,
    options?: GuardCallOptions,
  ): Promise<GuardAnswer>;
  /** The same, with the cookies that the answer sets. */
  open<Name extends OperationName>(
    name: Name,
    values: Values<Name>,
    options: GuardCallOptions,
  ): Promise<{ readonly answer: GuardAnswer; readonly cookies: Cookies }>;
}

export interface ApiOptions {
  readonly http: HttpClient;
  readonly facts: WireFacts;
  readonly credentials: Readonly<Partial<Record<Plane, BasicCredentials>>>;
}

/** Mails with their attachments come back whole. */
const MAX_MAIL_BYTES = 64 * 1024 * 1024;

export function createApi({ http, facts, credentials }: ApiOptions): Api {
  const send = async <Name extends OperationName>(
    name: Name,
    access: Access | null,
    values: Values<Name>,
    options: GuardCallOptions,
  ): Promise<{ answer: GuardAnswer; cookies: Cookies }> => {
    const row = facts.operations[name];
    const { method, plane, once = false } = row;
    const { kind = row.kind, timeoutMs = row.timeoutMs, userAgent = access?.userAgent } = options;
    const { requestId = access?.requestId } = options;
    const { path, contentType, body } = await encodeCall(row, values, access?.session);
    const response = await http.request({
      operation: name,
      kind,
      once,
      method,
      path,
      requestId,
      caller: options.fairnessKey ?? access?.fairnessKey ?? access?.id,
      headers: {
        accept: '*/*',
        ...(userAgent !== undefined && { 'user-agent': userAgent }),
        ...(access && { cookie: cookieHeader(access.cookies) }),
        ...authorization(plane),
        ...(contentType !== undefined && { 'content-type': contentType }),
      },
      ...(body !== undefined && { body }),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(plane === 'rest' && { maxResponseBytes: MAX_MAIL_BYTES }),
    });
    const call = { kind, plane, errorCodes: facts.errorCodes };
    // Looked at first: a mail of many megabytes is not worth a try.
    const isJson = /^\s*["{[]/.test(response.body.toString('latin1', 0, 64));
    const json = isJson ? readJson(response.text()) : undefined;
    const error = response.isSuccess ? fromEnvelope(json, call) : fromStatus(response, call);
    if (error) throw error;
    const cookies = mergeCookies(access?.cookies ?? {}, response.headers['set-cookie']);
    return { answer: new GuardAnswer(response, json), cookies };
  };

  const authorization = (plane: Plane): Readonly<Record<string, string>> => {
    if (plane === 'user' || plane === 'guest') return {};
    const known = credentials[plane];
    if (!known)
      throw new ProviderError('NOT_SUPPORTED', {
        provider: PROVIDER,
        message: `No credential for the ${plane} API of the provider is configured.`,
      });
    const encoded = Buffer.from(`${known.user}:${known.password}`, 'utf8').toString('base64');
    return { authorization: `Basic ${encoded}` };
  };

  return {
    async call(name, access, values, options = {}) {
      const { answer, cookies } = await send(name, access, values, options).catch(async (error: unknown) => {
        // What the caller is told does not depend on its being kept.
        if (isExpiry(error)) await access?.refused?.().catch(() => undefined);
        throw error;
      });
      if (access && cookieHeader(cookies) !== cookieHeader(access.cookies)) await access.keepCookies(cookies);
      return answer;
    },
    open: (name, values, options) => send(name, null, values, options),
  };
}

function isExpiry(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'CREDENTIAL_EXPIRED';
}
