import { randomUUID } from 'node:crypto';
import type { ExecutionResult, Executor } from '@graphql-tools/utils';
import { getOperationAST, OperationTypeNode, print } from 'graphql';
import type { GraphQLError } from 'graphql';
import { Agent, request as send } from 'undici';
import { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import type { SignedRequest } from '../auth/signed-context.js';
import type { Clock } from '../clock.js';
import { LastingTrouble } from '../lasting-trouble.js';
import type { Logger } from '../log.js';
import { span, spanHere } from '../spans.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';
import type { Answer, GraphRequest } from './answer.js';
import { callOf } from './context.js';
import { readRemoteResult } from './remote-result.js';
import { subscribeRemotely } from './remote-subscription.js';
import { MAX_ANSWER_BYTES, SubgraphSockets } from './subgraph-sockets.js';
import { remoteSubscription, resumableFields } from './resumable.js';
import { outcomeUnknown, subgraphUnavailable } from './unavailable.js';

/** A subgraph that runs as a service of its own. */
export interface RemoteSubgraph {
  readonly name: string;
  /** Federation SDL of what it serves. */
  readonly sdl: string;
  /** GraphQL endpoint, `http:` or `https:`; subscriptions go to the same place over `ws:` or `wss:`. */
  readonly url: string;
}

/** Headers that tell a subgraph service, verifiably, who is calling. */
export type ContextHeaders = (
  caller: Caller,
  requestId: string,
  request: SignedRequest,
) => Record<string, string>;

export interface RemoteOptions {
  /** Asked anew for each call. */
  readonly contextHeaders: ContextHeaders;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds for the whole answer to a mutation, default 60,000: longer than any of them waits. */
  readonly timeoutMs?: number;
  /** Milliseconds within which an interrupted subscription must go on, default 30,000. */
  readonly resumeWithinMs?: number;
  /** Milliseconds for any other whole answer, default 15,000. */
  readonly readTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 2_000;
const SCHEMA_TIMEOUT_MS = 5_000;
/** Who asks for a schema: nobody who could see anything. */
const GATEWAY: Caller = { tenant: 'sealgraph', subject: 'gateway', scopes: new Set() };
const serviceAnswer = z.object({ data: z.object({ _service: z.object({ sdl: z.string() }) }) });
/** Shorter than any server keeps a connection: one that is closing is never used again. */
const KEEP_ALIVE_MS = 3_000;

/** Calls a subgraph service: HTTP for queries and mutations, graphql-ws for subscriptions. Nothing is ever repeated. */
export class RemoteExecutor {
  #subgraph: RemoteSubgraph;
  readonly #options: RemoteOptions;
  readonly #agent: Agent;
  readonly #sockets: SubgraphSockets;
  #resumable: ReadonlySet<string> | undefined;
  readonly #trouble: LastingTrouble;

  constructor(subgraph: RemoteSubgraph, options: RemoteOptions) {
    this.#subgraph = subgraph;
    this.#options = options;
    this.#trouble = new LastingTrouble({
      ...options,
      failed: 'a subgraph did not answer',
      well: 'a subgraph answers again',
    });
    this.#sockets = new SubgraphSockets({
      url: subgraph.url.replace(/^http/, 'ws'),
      headers: (call, body) => this.#headers(call, body),
      clock: options.clock,
    });
    this.#agent = new Agent({
      connect: { timeout: CONNECT_TIMEOUT_MS },
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
  }

  readonly execute: Executor = (request: GraphRequest): Promise<Answer> => {
    const subgraph = this.#subgraph.name;
    return span({ name: `ask ${subgraph}`, kind: 'client', facts: { subgraph } }, (tell) =>
      this.#execute(request).then((answer) => {
        const code = 'errors' in answer ? answer.errors?.[0]?.extensions?.['code'] : undefined;
        if (typeof code === 'string') tell({ code });
        return answer;
      }),
    );
  };

  async #execute(request: GraphRequest): Promise<Answer> {
    const call = callOf(request.context);
    const { document, variables, operationName } = request;
    if (request.operationType !== OperationTypeNode.SUBSCRIPTION) {
      const payload = {
        query: print(document),
        variables: variables ?? {},
        operationName: operationName ?? null,
      };
      // Of a mutation, what completes the answer from other subgraphs is a query.
      return this.#post(payload, call, getOperationAST(document)?.operation === OperationTypeNode.MUTATION);
    }
    this.#resumable ??= resumableFields(this.#subgraph.sdl);
    const subscription = remoteSubscription(document, { variables, operationName }, this.#resumable);
    return subscribeRemotely(subscription, {
      seat: this.#sockets.join({
        requestId: call.requestId,
        // Of a shared execution, who may read longest changes as readers come and leave.
        get caller() {
          return callOf(request.context).caller;
        },
      }),
      clock: this.#options.clock,
      resumeWithinMs: this.#options.resumeWithinMs,
      onFailure: (cause) => this.#failed(cause, call, subgraphUnavailable(this.#subgraph.name)),
    });
  }

  /** Whether it says that it can do its work; one that says nothing of itself can. Fails when nothing answers. */
  async isReady(): Promise<boolean> {
    const { statusCode, body } = await send(new URL('/health/ready', this.#subgraph.url), {
      ...{ dispatcher: this.#agent, headersTimeout: SCHEMA_TIMEOUT_MS, bodyTimeout: SCHEMA_TIMEOUT_MS },
    });
    await body.dump();
    return statusCode < 500;
  }

  async sdl(): Promise<string> {
    const body = JSON.stringify({ query: '{ _service { sdl } }' });
    const response = await send(this.#subgraph.url, {
      dispatcher: this.#agent,
      method: 'POST',
      headers: {
        ...this.#headers({ caller: GATEWAY, requestId: randomUUID() }, body),
        'content-type': 'application/json',
      },
      headersTimeout: SCHEMA_TIMEOUT_MS,
      bodyTimeout: SCHEMA_TIMEOUT_MS,
      body,
    });
    return serviceAnswer.parse(await response.body.json()).data._service.sdl;
  }

  adopt(sdl: string): void {
    this.#subgraph = { ...this.#subgraph, sdl };
    this.#resumable = undefined;
  }

  async close(): Promise<void> {
    this.#sockets.close();
    await this.#agent.destroy();
  }

  async #post(payload: object, call: SubgraphCall, isMutation: boolean): Promise<ExecutionResult> {
    const { timeoutMs = 60_000, readTimeoutMs = 15_000 } = this.#options;
    const body = JSON.stringify(payload);
    const attempt = new AbortController();
    const cancelTimeout = this.#options.clock.schedule(isMutation ? timeoutMs : readTimeoutMs, () =>
      attempt.abort(new Error('it did not answer in time')),
    );
    try {
      const response = await send(this.#subgraph.url, {
        dispatcher: this.#agent,
        method: 'POST',
        headers: {
          ...this.#headers(call, body),
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          'x-request-id': call.requestId,
        },
        headersTimeout: 0,
        bodyTimeout: 0,
        signal: attempt.signal,
        body,
      });
      const result = readRemoteResult(await response.body.json());
      if (result?.data !== undefined) {
        this.#trouble.well({ subgraph: this.#subgraph.name });
        return result;
      }
      // Without data the service refused the request as a whole: that is between it and this gateway.
      const cause = new Error(`it answered ${response.statusCode} without data`, { cause: result?.errors });
      return this.#failed(cause, call, this.#meaning(isMutation && response.statusCode !== UNAUTHORIZED));
    } catch (error) {
      return this.#failed(error, call, this.#meaning(isMutation && !wasNeverSent(error)));
    } finally {
      cancelTimeout();
    }
  }

  #headers({ caller, requestId }: SubgraphCall, body: string): Record<string, string> {
    const trace = spanHere();
    return {
      ...this.#options.contextHeaders(caller, requestId, { subgraph: this.#subgraph.name, body }),
      ...(trace !== undefined && { traceparent: trace }),
    };
  }

  #meaning(mayHaveHappened: boolean): GraphQLError {
    const { name } = this.#subgraph;
    return mayHaveHappened ? outcomeUnknown(name) : subgraphUnavailable(name);
  }

  #failed(cause: unknown, { requestId }: SubgraphCall, error: GraphQLError): ExecutionResult {
    const subgraph = this.#subgraph.name;
    this.#trouble.failed({ requestId, subgraph, err: cause });
    return { errors: [error] };
  }
}

/** Who calls is found out before anything is executed. */
const UNAUTHORIZED = 401;

/** Codes of connections that never came to be. */
const NOT_CONNECTED: readonly unknown[] = [
  'UND_ERR_CONNECT_TIMEOUT',
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
];

function wasNeverSent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NOT_CONNECTED.includes(error.code);
}
