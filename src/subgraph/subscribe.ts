import { isAsyncIterable } from '@graphql-tools/utils';
import { createSourceEventStream, execute } from 'graphql';
import type { ExecutionArgs, ExecutionResult } from 'graphql';
import { keepOrigin, keepOriginWithin, originWithin } from '../event-origin.js';
import { mapEvents } from './map-events.js';

/**
 * As `subscribe` of graphql-js. Where an event comes from is kept with its result, and with each object of that.
 * @param contextOf of each event; default the one there is
 */
export async function subscribe(
  args: ExecutionArgs,
  contextOf: () => unknown = () => args.contextValue,
): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const events = await createSourceEventStream(args);
  if (!isAsyncIterable(events)) return events;
  return mapEvents(events[Symbol.asyncIterator](), async (event) => {
    const result = await execute({ ...args, rootValue: event, contextValue: contextOf() });
    const origin = originWithin(event);
    keepOriginWithin(result.data, origin);
    return keepOrigin(result, origin);
  });
}
