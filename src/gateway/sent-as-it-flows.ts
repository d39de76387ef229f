import type { ExecutionResult } from '@graphql-tools/utils';
import type { SocketConnection } from '../subgraph/graphql-sockets.js';
import type { Flowing } from './flowing.js';
import { passedOn } from '../passed-on.js';
import { serialize } from './serialize.js';
import { textFrame } from './text-frame.js';

/** Bytes that may wait in a socket; what is beyond them waits in the reader's queue, which is bounded. */
const MOST_WAITING_BYTES = 16_384;

/**
 * Sends the results of one operation over its socket as they come, as `next` messages: whoever runs the operation is told
 * of nothing but its end. They are framed here and written past the library, which would write each in two parts; nothing
 * is compressed, so there is never a message half written.
 * @param onSent is told what was given to the socket
 */
export function sentAsItFlows(
  results: Flowing<ExecutionResult>,
  { socket, stream }: SocketConnection,
  id: string,
  onSent: (result: ExecutionResult) => void,
): AsyncIterableIterator<ExecutionResult> {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  let begun = false;
  let isFull = false;
  const goOn = (): void => {
    isFull = false;
    results.flow(send);
  };
  const send = (result: ExecutionResult): boolean => {
    if (isFull) return false;
    // Whose socket is closing reads no more; the end comes by itself.
    if (socket.readyState !== socket.OPEN) return true;
    isFull = stream.writableLength > MOST_WAITING_BYTES;
    stream.write(textFrame(`${head}${serialize(result)}}`), isFull ? goOn : undefined);
    onSent(result);
    return true;
  };
  const next = (): Promise<IteratorResult<ExecutionResult>> => {
    // Only now the operation is known to run: it may have been completed while it was started.
    if (!begun) results.flow(send);
    begun = true;
    return results.next();
  };
  return passedOn(results, next);
}
