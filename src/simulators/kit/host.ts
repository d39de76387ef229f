import type { IncomingMessage } from 'node:http';
import { emptyAnswer, jsonAnswer, type Answer, type HttpAnswer } from './answer.js';
import { BodyTooLarge, MalformedBody } from './body.js';
import type { CallCounters } from './call-counters.js';
import type { FaultInjector } from './faults.js';
import { createRouter, parseTarget, splitRoute, type Route } from './router.js';

/** One request, as an operation sees it. */
export interface Call {
  readonly request: IncomingMessage;
  /** As counters and faults name it; `unknown` when there is no such operation. */
  readonly operation: string;
  /** Percent-decoded `:name` segments of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** What an operation does. */
export type Handler = (call: Call) => HttpAnswer | Promise<HttpAnswer>;

/** Where an operation is found, and what it does. */
export type Operation = readonly [route: Route, handle: Handler];

/** There is no operation of this path, or none with this method. */
export class UnknownOperation extends Error {
  override readonly name = 'UnknownOperation';

  constructor(readonly reason: 'unknown path' | 'unknown method') {
    super(reason);
  }
}

interface Rescuing {
  /** What is answered to something that was thrown; nothing to what is a fault of the simulator. */
  rescue?(error: unknown, request: IncomingMessage): HttpAnswer | undefined;
}

/** An origin whose operations are told apart by method and path. */
export interface RoutedHost extends Rescuing {
  /** By the name that counters and faults use. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** What calls of no known operation are counted as; default `unknown`. */
  readonly unknown?: string;
  /**
   * The path under which a request is looked up, default its own: where clients write one in several ways. Or what is
   * answered to a request that is no operation, and so neither counted nor disturbed.
   */
  locate?(request: IncomingMessage): { readonly method?: string; readonly path: string } | HttpAnswer;
  /** What is answered instead, to known and unknown operations alike: to strangers, for instance. */
  refuse?(call: Call): HttpAnswer | undefined;
}

/** A request that was understood. */
export interface Found {
  /** As counters and faults name it. */
  readonly operation: string;
  perform(): Answer | Promise<Answer>;
}

/** An origin with a wire of its own. */
export interface OwnHost extends Rescuing {
  /** Routes by operation, for people. */
  readonly operations: Readonly<Record<string, Route>>;
  /** What a request asks for, or the answer to one that is no operation. */
  find(request: IncomingMessage): Promise<Found | HttpAnswer>;
}

export type Host = RoutedHost | OwnHost;

/** The operations of a host by name, with their routes. */
export function routesOf(
  host: Host,
): { readonly name: string; readonly method: string; readonly path: string }[] {
  const routes =
    'find' in host
      ? Object.entries(host.operations)
      : Object.entries(host.operations).map(([name, [route]]) => [name, route] as const);
  return routes.map(([name, route]) => ({ name, ...splitRoute(route) }));
}

/** Answers the requests of one host: counts them, lets faults happen, and makes answers of what is thrown. */
export function answerer(
  host: Host,
  { counters, faults }: { readonly counters: CallCounters; readonly faults: FaultInjector },
): (request: IncomingMessage) => Promise<Answer> {
  const find = 'find' in host ? (request: IncomingMessage) => host.find(request) : routed(host);
  return (request) => {
    const rescued = (act: () => Promise<Answer>): Promise<Answer> => rescuing(host, request, act);
    return rescued(async () => {
      const found = await find(request);
      if (!('perform' in found)) return found;
      counters.count(found.operation);
      return faults.around(found.operation, () => rescued(async () => found.perform()));
    });
  };
}

function routed(host: RoutedHost): (request: IncomingMessage) => Found | HttpAnswer {
  const entries = Object.entries(host.operations);
  const handlers = new Map(entries.map(([name, [, handle]]) => [name, handle]));
  const match = createRouter(Object.fromEntries(entries.map(([name, [route]]) => [name, route])));
  return (request) => {
    const target = parseTarget(request.url);
    const place = host.locate?.(request) ?? target;
    if ('status' in place) return place;
    const method = 'method' in place ? place.method : request.method;
    const found = match(method ?? '', place.path);
    const { operation = host.unknown ?? 'unknown' } = found;
    const params = 'params' in found ? found.params : {};
    const call: Call = { request, operation, params, query: target.query };
    return {
      operation,
      async perform() {
        const refusal = host.refuse?.(call);
        if (refusal !== undefined) return refusal;
        const handle = handlers.get(operation);
        if ('reason' in found || handle === undefined)
          throw new UnknownOperation('reason' in found ? found.reason : 'unknown path');
        return handle(call);
      },
    };
  };
}

async function rescuing(
  host: Rescuing,
  request: IncomingMessage,
  act: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    const answer = host.rescue?.(error, request);
    if (answer !== undefined) return answer;
    if (error instanceof UnknownOperation) return emptyAnswer(error.reason === 'unknown method' ? 405 : 404);
    if (error instanceof MalformedBody) return jsonAnswer(400, { error: error.message });
    if (error instanceof BodyTooLarge) return emptyAnswer(413);
    throw error;
  }
}
