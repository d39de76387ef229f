import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAsyncIterable } from '@graphql-tools/utils';
import type { ExecutionResult } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import type { Audit } from '../audit.js';
import { AuthenticationError } from '../auth/authenticator.js';
import type { Authenticator } from '../auth/authenticator.js';
import { tellTurnedAway } from '../auth/turn-away.js';
import type { Clock } from '../clock.js';
import { happenings } from '../happenings.js';
import type { Logger } from '../log.js';
import { ownerKey } from '../owner.js';
import type { RateState } from '../rates/rates.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';
import type { Answer } from './answer.js';
import { auditRefused } from './audit-refused.js';
import { clientFacts } from './client-facts.js';
import { asGraphQLError, callerOfRequest, tokenExpired } from './authenticate.js';
import { wasPreflighted } from './csrf.js';
import { codeOf, internal } from './errors.js';
import { sendEventStream } from './event-stream.js';
import type { EventStream, OpenStream } from './event-stream.js';
import { RateHeaders } from './rate-headers.js';
import { readOperation, RequestError } from './http-request.js';
import { sendJson, sendResult } from './http-response.js';
import type { Limits } from './limits.js';
import type { OperationRequest, Operations } from './operation.js';
import { jsonType, takesPage } from './response-type.js';
import { streamFormat } from './stream-format.js';
import type { Tally } from './tally.js';
import { tooMany } from './too-many.js';

export interface HttpOptions {
  readonly operations: Pick<Operations, 'run' | 'tellRefused'>;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where who is turned away leaves a record; undefined: nowhere. */
  readonly audit: Audit | undefined;
  /** Operations that run, by caller, whatever transport they came by; streams count. */
  readonly running: Tally;
  readonly limits: Pick<Limits, 'bodyBytes' | 'operationsPerCaller'>;
}

/** GraphQL over HTTP: POST, GET, and subscriptions as event streams. */
export class HttpOperations {
  readonly #options: HttpOptions;
  readonly #streams = new Set<OpenStream>();

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  /** Answers one request to the GraphQL endpoint; `search` are the parameters of its URL. Never rejects. */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    search: URLSearchParams,
    requestId: string,
  ): Promise<void> {
    try {
      await this.#answer(request, response, search, requestId);
    } catch (error) {
      if (error instanceof AuthenticationError) {
        tellTurnedAway(error, { transport: 'http', requestId }, this.#options);
        response.setHeader('www-authenticate', 'Bearer');
        return refuse(response, 401, asGraphQLError(error));
      }
      if (error instanceof RequestError) {
        happenings.refusal.tell({ code: codeOf(error.answer) });
        for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
        return refuse(response, error.status, error.answer);
      }
      // A client that went away while it was still sending is no failure.
      if (response.destroyed) return;
      this.#options.logger.error({ requestId, err: error }, 'a request failed unexpectedly');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, internal(error, requestId));
    }
  }

  /** Ends every open subscription, telling the client why. */
  async endStreams(reason: GraphQLError): Promise<void> {
    const streams = [...this.#streams];
    for (const stream of streams) stream.end(reason);
    await Promise.all(streams.map((stream) => stream.closed));
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    search: URLSearchParams,
    requestId: string,
  ): Promise<void> {
    const { operations, authenticator, limits, audit } = this.#options;
    if (isVisit(request)) return explain(response);
    const caller = await callerOfRequest(authenticator, request);
    const call = { caller, requestId };
    if (!wasPreflighted(request)) {
      auditRefused(audit, call, codeOf(CSRF_PREVENTED));
      return refuse(response, 403, CSRF_PREVENTED);
    }
    const { accept } = request.headers;
    const type = jsonType(accept);
    // What has no body has no events.
    const format = request.method === 'HEAD' ? undefined : streamFormat(accept ?? '*/*');
    if (!type && !format) return notAcceptable(response, `application/json, ${STREAMS}`);

    const operation = await readOperation(request, search, limits.bodyBytes).catch((error: unknown) => {
      if (error instanceof RequestError) auditRefused(audit, call, codeOf(error.answer));
      throw error;
    });
    const rates = new RateHeaders();
    const onRate = (state: RateState): void => rates.tell(state);
    const { client, trace } = clientFacts(request.headers);
    const clientCall = { caller, requestId, client, trace, transport: 'http', onRate } as const;
    const ran = await operations.run(operation, clientCall);
    rates.writeTo(response);
    const answer = this.#withRoom(ran, operation, call);
    if (!isAsyncIterable(answer) && type) return sendResult(request, response, answer, type);
    const results = isAsyncIterable(answer) ? answer : once(answer);
    if (format) return this.#stream({ results, format }, response, call);
    void results[Symbol.asyncIterator]().return?.();
    notAcceptable(response, STREAMS);
  }

  /** A stream of a caller who has too many is ended before it begins. */
  #withRoom(answer: Answer, operation: OperationRequest, call: SubgraphCall): Answer {
    const { operations, running, limits } = this.#options;
    const { caller } = call;
    if (!isAsyncIterable(answer) || running.of(ownerKey(caller)) < limits.operationsPerCaller) return answer;
    void answer[Symbol.asyncIterator]().return?.();
    const refusal = tooMany('of one caller', limits.operationsPerCaller);
    operations.tellRefused(operation, call, codeOf(refusal));
    return { errors: [refusal] };
  }

  async #stream(
    stream: EventStream,
    response: ServerResponse,
    { caller, requestId }: SubgraphCall,
  ): Promise<void> {
    const { clock, logger, running } = this.#options;
    const open = sendEventStream(stream, response, clock, (error) => {
      logger.error({ requestId, err: error }, 'a subscription failed unexpectedly');
      return internal(error, requestId);
    });
    const cancelExpiry =
      caller.expiresAt === undefined
        ? undefined
        : clock.schedule(caller.expiresAt - clock.now(), () => open.end(tokenExpired()));
    this.#streams.add(open);
    running.add(ownerKey(caller));
    await open.closed;
    running.remove(ownerKey(caller));
    this.#streams.delete(open);
    cancelExpiry?.();
  }
}

const STREAMS = 'text/event-stream, multipart/mixed';

const CSRF_PREVENTED = new GraphQLError(
  'A browser could send this request from any site: set the content type application/json or the header apollo-require-preflight.',
  { extensions: { code: 'CSRF_PREVENTED' } },
);

/** One result for a client that takes nothing but streams. */
async function* once(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield result;
}

/** Whether somebody opened the address in a browser, whatever stands in it: a program would say that it is none. */
function isVisit(request: IncomingMessage): boolean {
  const { method, headers } = request;
  return (method === 'GET' || method === 'HEAD') && takesPage(headers.accept) && !wasPreflighted(request);
}

function explain(response: ServerResponse): void {
  response.writeHead(406, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(
    'This is a GraphQL endpoint: programs ask it by POST, with the content type application/json.\n',
  );
}

function notAcceptable(response: ServerResponse, accept: string): void {
  response.writeHead(406, { accept }).end();
}

function refuse(response: ServerResponse, status: number, error: GraphQLError): void {
  // What was not read of the body is not wanted.
  response.setHeader('connection', 'close');
  sendJson(response, status, JSON.stringify({ errors: [error] }));
}
