import type { ExecutionResult } from '@graphql-tools/utils';
import { createClient } from 'graphql-ws';
import type { SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Clock } from '../clock.js';
import { readRemoteResult } from './remote-result.js';
import { ReaderQueue } from './reader-queue.js';

export interface RemoteSubscriptionOptions {
  readonly url: string;
  /** Sent as `connection_init` payload. */
  readonly headers: () => Record<string, string>;
  readonly clock: Clock;
  /** What readers get as last result when the subscription cannot go on. */
  readonly onFailure: (cause: unknown) => ExecutionResult;
}

const PING_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
/** Events that may wait for a slow reader; beyond that the subscription fails rather than skip one. */
const MAX_WAITING = 1_000;

/**
 * Subscribes at a subgraph service over a socket of its own: two callers never share one. When the service fails or
 * falls silent, a last result says so and the stream completes; a new subscription connects anew.
 */
export function subscribeRemotely(
  payload: SubscribePayload,
  { url, headers, clock, onFailure }: RemoteSubscriptionOptions,
): AsyncIterableIterator<ExecutionResult> {
  let cancelSilence = (): void => undefined;
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: headers,
    connectionAckWaitTimeout: PONG_WITHIN_MS,
    retryAttempts: 0,
    keepAlive: PING_MS,
    on: {
      ping: (received) => {
        if (!received) cancelSilence = clock.schedule(PONG_WITHIN_MS, () => client.terminate());
      },
      pong: (received) => {
        if (received) cancelSilence();
      },
      closed: () => cancelSilence(),
    },
  });
  const results = new ReaderQueue<ExecutionResult>({
    limit: MAX_WAITING,
    mustKeep: () => true,
    onLeave: async () => unsubscribe(),
  });
  const fail = (cause: unknown): void => {
    results.push(onFailure(cause));
    results.end();
  };
  const unsubscribe = client.subscribe(payload, {
    next(message) {
      const result = readRemoteResult(message);
      if (result && results.size < MAX_WAITING) return results.push(result);
      fail(new Error(result ? 'its events were not read in time' : 'it sent what is no GraphQL result'));
      unsubscribe();
    },
    error: (cause) => fail(cause instanceof Error ? cause : new Error(describe(cause))),
    complete: () => results.end(),
  });
  return results;
}

/** graphql-ws reports a closed socket as an event, and a refused operation as a list of errors. */
function describe(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'number' ? `the socket was closed with ${code}` : 'the operation was refused';
}
