import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from '@graphql-tools/utils';
import type { GraphQLError } from 'graphql';
import type { Clock } from '../clock.js';
import { deliveries } from './delivery.js';
import { serialize } from './serialize.js';
import type { StreamFormat } from './stream-format.js';

/** A subscription on its way into an HTTP response. */
export interface EventStream {
  readonly results: AsyncIterable<ExecutionResult>;
  readonly format: StreamFormat;
}

/** A running event stream, as the server sees it. */
export interface OpenStream {
  /** Ends the subscription, tells the client why, and ends the response. */
  end(reason: GraphQLError): void;
  /** Resolves when the response has ended or the client has gone; never rejects. */
  readonly closed: Promise<void>;
}

/**
 * Writes a subscription into a response, at the pace of the client: the next result is taken when the one before has
 * left. A client that goes away ends the subscription at once.
 * @param onFailure is given what broke the source; answers what the client is told.
 */
export function sendEventStream(
  stream: EventStream,
  response: ServerResponse,
  clock: Clock,
  onFailure: (error: unknown) => GraphQLError,
): OpenStream {
  const { format } = stream;
  const results = stream.results[Symbol.asyncIterator]();
  const onSent = deliveries('stream', clock);
  let ending: GraphQLError | undefined;
  let cancelHeartbeat = (): void => undefined;
  const beat = (): void => {
    cancelHeartbeat = clock.schedule(format.heartbeatMs, () => {
      if (!response.writableNeedDrain) response.write(format.heartbeat);
      beat();
    });
  };
  const leave = (): void => {
    cancelHeartbeat();
    results.return?.().catch(onFailure);
  };
  const gone = new Promise<void>((resolve) => {
    if (response.destroyed) resolve();
    else response.once('close', resolve);
  });
  void gone.then(leave);

  const pump = async (): Promise<void> => {
    if (response.destroyed) return;
    response.writeHead(200, { 'content-type': format.contentType, 'cache-control': 'no-store' });
    response.write(format.opening);
    beat();
    try {
      for (let step = await results.next(); !step.done; step = await results.next()) {
        if (response.destroyed || ending) break;
        const flushed = response.write(format.event(serialize(step.value)));
        onSent(step.value);
        if (!flushed) await Promise.race([gone, new Promise((resolve) => response.once('drain', resolve))]);
      }
    } catch (error) {
      ending ??= onFailure(error);
    }
    cancelHeartbeat();
    if (response.destroyed) return;
    response.end((ending ? format.fatal(JSON.stringify([ending])) : '') + format.completion);
    await gone;
  };

  return {
    end(reason) {
      ending ??= reason;
      leave();
      // Whoever does not read would keep the response open for ever.
      if (response.writableNeedDrain) response.destroy();
    },
    closed: pump(),
  };
}
