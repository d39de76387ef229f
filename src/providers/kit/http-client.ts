import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../clock.js';
import { happenings } from '../../happenings.js';
import type { Logger } from '../../log.js';
import { createBreaker, DEFAULT_BREAKER } from './breaker.js';
import type { Breaker, BreakerPolicy, BreakerState } from './breaker.js';
import type { CallGate } from './call-gate.js';
import { openClientCertificate } from './client-certificate.js';
import type { TlsFiles } from './client-certificate.js';
import { lentConnections, openConnections } from './connections.js';
import type { Proxy } from './connections.js';
import { startDeadline } from './deadline.js';
import { HttpResponse } from './http-response.js';
import type { HttpHeaders } from './http-response.js';
import { below, withinOrigins } from './origins.js';
import { notUnderstood } from './parse.js';
import { createPipeline } from './pipeline.js';
import type { Call, Receive } from './pipeline.js';
import { readBody } from './read-body.js';
import { DEFAULT_RETRY, withRetries } from './retry.js';
import type { RetryPolicy } from './retry.js';
import { createSharedBreaker } from './shared-breaker.js';
import { createSlots, DEFAULT_CONCURRENCY } from './slots.js';
import type { Concurrency } from './slots.js';
import { toReadable } from './to-readable.js';
import { watchUpload } from './upload.js';
import type { CallKind } from './transport-error.js';

export { HttpResponse } from './http-response.js';

/** How long each part of a call may take, milliseconds. */
export interface Timeouts {
  /** Until a connection stands, TLS included. Default 2000. */
  readonly connectMs: number;
  /** From sending to the headers of the answer. Default 5000. */
  readonly headersMs: number;
  /** Without a byte of the answer's body. Default 5000. */
  readonly idleMs: number;
  /** All attempts and waits of one call together. Default 10 000. */
  readonly callMs: number;
  /** As `headersMs`, `idleMs` and `callMs` where the answer is given only once. Default 30 000. */
  readonly onceMs: number;
  /** Of a streamed call: without a byte of its upload, and from the last one to the headers of the answer. Default 600 000. */
  readonly streamMs: number;
}

/** How calls are made; the same for all providers unless one says otherwise. Every part has a default. */
export interface HttpPolicy {
  readonly timeouts?: Partial<Timeouts>;
  /** The longest answer that is read into memory. Default 4 MiB. */
  readonly maxResponseBytes?: number;
  readonly concurrency?: Partial<Concurrency>;
  /** Slower uploads are given up. Default 1024. */
  readonly minUploadBytesPerSecond?: number;
  readonly breaker?: Partial<BreakerPolicy>;
  /** What processes share of their breakers. Default: each has its own. */
  readonly gate?: CallGate;
  readonly retry?: Partial<RetryPolicy>;
  /** Random numbers from 0 to below 1 for waits. Default `Math.random`. */
  readonly random?: () => number;
  /** By which proxy connections are made. Default: none. */
  readonly proxy?: Proxy | undefined;
  /** Whose account is called with, where several are: trouble of one is none of the others'. */
  readonly account?: string | undefined;
  /** Takes the place of connections of its own, and is not closed with the client. */
  readonly dispatcher?: Dispatcher;
}

export interface HttpClientOptions extends HttpPolicy {
  readonly provider: string;
  /** What is called through it, where a provider is called through several: trouble of one is none of the others'. */
  readonly channel?: string;
  /** Base URLs of the provider. No request goes to any other scheme, host and port; paths are below the first one. */
  readonly origins: readonly [string, ...string[]];
  readonly tls?: TlsFiles | undefined;
  /** Answers to reads, besides 502, 503 and 504, after which the read is made again. */
  readonly retryWhen?: (response: HttpResponse) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface RequestBase {
  /** What the provider calls it; stands in the log in place of the URL. */
  readonly operation: string;
  readonly kind: CallKind;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `x-request-id`, and logged. */
  readonly requestId?: string | undefined;
  /** What the provider knows the call by, where its protocol has such a thing; logged beside our own. */
  readonly wireRequestId?: string | undefined;
  /** Whose call it is, opaque: slots are shared fairly. */
  readonly caller?: string | undefined;
}

/** Where to: a path (with query) below the first origin, or a whole URL, as providers give them, within the origins. */
type Target =
  { readonly path: string; readonly url?: never } | { readonly url: string; readonly path?: never };

export type HttpRequest = RequestBase &
  Target & {
    readonly body?: string | Uint8Array;
    /** The answer is given only once: it is waited for long, and the call never repeated unless it was not sent. */
    readonly once?: boolean;
    /** Overrides `timeouts.callMs` and, where it is longer, `timeouts.headersMs`. */
    readonly timeoutMs?: number;
    /** Overrides the client's. */
    readonly maxResponseBytes?: number;
  };

export type HttpStreamRequest = RequestBase &
  Target & {
    /** Read only as fast as the provider takes it; destroyed when the call fails. */
    readonly body?: Readable;
    /** Overrides `timeouts.streamMs`. */
    readonly timeoutMs?: number;
  };

export interface HttpStreamResponse {
  readonly status: number;
  readonly headers: HttpHeaders;
  /** To be read to its end or destroyed; until then it takes up a slot. Fails with a `ProviderError`. */
  readonly body: Readable;
}

/** The one way to a provider. */
export interface HttpClient {
  /**
   * Resolves with any status that is not a redirect.
   * @throws ProviderError PROVIDER_UNAVAILABLE, PROVIDER_TIMEOUT, PROVIDER_PROTOCOL (too long, redirect, not HTTP), and
   * for writes OUTCOME_UNKNOWN in their place, unless it is certain that nothing was sent; PROVIDER_UNAUTHENTICATED
   * and PROVIDER_UNTRUSTED (TLS), PROVIDER_PROTOCOL (foreign URL), INVALID_INPUT (cannot be written as HTTP).
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** The same for long bodies in either direction; never made again. */
  stream(request: HttpStreamRequest): Promise<HttpStreamResponse>;
  /** For metrics. */
  readonly breakers: Readonly<Record<CallKind, BreakerState>>;
  /** Lets calls under way end, for a few seconds at most. */
  close(): Promise<void>;
}

const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 2_000,
  headersMs: 5_000,
  idleMs: 5_000,
  callMs: 10_000,
  onceMs: 30_000,
  streamMs: 600_000,
};

/** @throws ConfigError when the TLS files cannot be used */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { provider, origins, tls, retryWhen, clock, logger } = options;
  const { maxResponseBytes = 4 * 1024 * 1024, random = Math.random, dispatcher, gate } = options;
  const { minUploadBytesPerSecond: minBytesPerSecond = 1024, channel, account } = options;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const concurrency = { ...DEFAULT_CONCURRENCY, ...options.concurrency };
  const retry = { ...DEFAULT_RETRY, ...options.retry };

  const breaker = (kind: CallKind): Breaker => {
    const policy = { ...DEFAULT_BREAKER, ...options.breaker };
    const name = [provider, channel, account].filter((part) => part !== undefined).join('.');
    const onChange = (state: BreakerState): void => {
      happenings.breaker.tell({ provider: name, kind, state });
      logger.warn({ provider, channel, account, kind, state }, 'provider breaker');
    };
    happenings.breaker.tell({ provider: name, kind, state: 'closed' });
    return gate
      ? createSharedBreaker(policy, { gate, provider, channel, account, kind, clock, logger }, onChange)
      : createBreaker(policy, onChange);
  };
  const breakers = { read: breaker('read'), write: breaker('write') };
  const connections = dispatcher
    ? lentConnections(dispatcher)
    : openConnections({
        certificate: tls && openClientCertificate(tls, clock, logger),
        connectMs: timeouts.connectMs,
        limit: concurrency.limit,
        proxy: options.proxy,
        clock,
      });
  const run = createPipeline({
    connections,
    slots: createSlots(concurrency, clock, (used, waiting) =>
      happenings.slots.tell({ provider, used, waiting }),
    ),
    breakers,
    clock,
    logger,
  });

  const toCall = ({
    operation,
    kind,
    method,
    requestId,
    wireRequestId,
    caller,
    ...rest
  }: HttpRequest | HttpStreamRequest): Call => ({
    provider,
    operation,
    kind,
    method,
    requestId,
    wireRequestId,
    caller,
    target: withinOrigins(rest.url ?? below(origins[0], rest.path), origins),
    headers: { ...rest.headers, ...(requestId !== undefined && { 'x-request-id': requestId }) },
    body: rest.body,
    once: false,
    headersMs: timeouts.headersMs,
    idleMs: timeouts.idleMs,
  });

  return {
    async request(request) {
      const { kind, once = false } = request;
      const { timeoutMs = once ? Math.max(timeouts.onceMs, timeouts.callMs) : timeouts.callMs } = request;
      const patienceMs = once ? timeoutMs : 0;
      const call = {
        ...toCall(request),
        once,
        headersMs: Math.max(timeouts.headersMs, patienceMs, request.timeoutMs ?? 0),
        idleMs: Math.max(timeouts.idleMs, patienceMs),
      };
      const receive: Receive<HttpResponse> = async (data, release) => {
        try {
          const body = await readBody(data.body, request.maxResponseBytes ?? maxResponseBytes, call);
          // None is asked for, so nobody here could read it.
          if (data.headers['content-encoding'] !== undefined)
            throw notUnderstood(call, 'the body is encoded');
          return new HttpResponse(data.statusCode, data.headers, body, call);
        } finally {
          release();
        }
      };
      const deadline = startDeadline(clock, timeoutMs);
      try {
        const outcome = await withRetries(
          { policy: retry, kind, once, retryWhen, deadline, clock, random },
          (number) => run(call, number, deadline.signal, receive),
        );
        if (!outcome.ok) throw outcome.error;
        return outcome.answer;
      } finally {
        deadline.clear();
      }
    },

    async stream(request) {
      const deadline = startDeadline(clock, request.timeoutMs ?? timeouts.streamMs);
      try {
        const body =
          request.body &&
          watchUpload(request.body, { clock, minBytesPerSecond, onChunk: () => deadline.restart() });
        // The deadline alone decides: it knows how far the upload has come.
        const call = { ...toCall({ ...request, ...(body && { body }) }), headersMs: 0 };
        const outcome = await run(call, 1, deadline.signal, async (data, release) => ({
          status: data.statusCode,
          headers: data.headers,
          body: toReadable(data.body, call, release),
        }));
        if (!outcome.ok) throw outcome.error;
        return outcome.answer;
      } catch (error) {
        request.body?.destroy();
        throw error;
      } finally {
        deadline.clear();
      }
    },

    breakers: {
      get read() {
        return breakers.read.state;
      },
      get write() {
        return breakers.write.state;
      },
    },
    close: () => connections.close(),
  };
}
