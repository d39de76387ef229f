import type { ExecutionResult, Executor } from '@graphql-tools/utils';
import { print } from 'graphql';
import { Agent, request as send } from 'undici';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';
import type { Answer, GraphRequest } from './answer.js';
import { callOf } from './context.js';
import { readRemoteResult } from './remote-result.js';
import { subscribeRemotely } from './remote-subscription.js';
import { StartError } from './start-error.js';
import { subgraphUnavailable } from './unavailable.js';

/** A subgraph that runs as a service of its own. */
export interface RemoteSubgraph {
  readonly name: string;
  /** GraphQL endpoint, `http:` or `https:`; subscriptions go to the same place over `ws:` or `wss:`. */
  readonly url: string;
}

export interface RemoteOptions {
  /** Headers that tell a subgraph service, verifiably, who is calling. Made anew for each call. */
  readonly contextHeaders: (call: SubgraphCall) => Record<string, string>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds for a whole answer, default 60,000: longer than any mutation waits. */
  readonly timeoutMs?: number;
}

/** Calls a subgraph service: HTTP for queries and mutations, graphql-ws for subscriptions. Nothing is ever repeated. */
export class RemoteExecutor {
  readonly #subgraph: RemoteSubgraph;
  readonly #options: RemoteOptions;
  readonly #agent: Agent;

  constructor(subgraph: RemoteSubgraph, options: RemoteOptions) {
    this.#subgraph = subgraph;
    this.#options = options;
    const timeoutMs = options.timeoutMs ?? 60_000;
    this.#agent = new Agent({
      connect: { timeout: 2_000 },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      maxResponseSize: 20_000_000,
    });
  }

  readonly execute: Executor = async (request: GraphRequest): Promise<Answer> => {
    const call = callOf(request.context);
    const { document, variables, operationName } = request;
    const payload = {
      query: print(document),
      variables: variables ?? {},
      operationName: operationName ?? null,
    };
    try {
      if (request.operationType !== 'subscription') return await this.#post(payload, call);
      return subscribeRemotely(payload, {
        url: this.#subgraph.url.replace(/^http/, 'ws'),
        headers: () => this.#options.contextHeaders(call),
        clock: this.#options.clock,
        onFailure: (cause) => this.#unavailable(cause, call),
      });
    } catch (error) {
      return this.#unavailable(error, call);
    }
  };

  /** @throws StartError when nothing answers at the address. */
  async probe(): Promise<void> {
    const { name, url } = this.#subgraph;
    try {
      const { body } = await send(url, { dispatcher: this.#agent, headersTimeout: 5_000 });
      await body.dump();
    } catch (cause) {
      throw new StartError(`Subgraph "${name}" cannot be reached at ${url}.`, { cause });
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #post(payload: object, call: SubgraphCall): Promise<ExecutionResult> {
    const { statusCode, body } = await send(this.#subgraph.url, {
      dispatcher: this.#agent,
      method: 'POST',
      headers: {
        ...this.#options.contextHeaders(call),
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'x-request-id': call.requestId,
      },
      body: JSON.stringify(payload),
    });
    const result = readRemoteResult(await body.json());
    // Without data the service refused the request as a whole: that is between it and this gateway.
    if (result?.data === undefined)
      throw new Error(`answered ${statusCode} without data`, { cause: result?.errors });
    return result;
  }

  #unavailable(cause: unknown, { requestId }: SubgraphCall): ExecutionResult {
    const subgraph = this.#subgraph.name;
    this.#options.logger.warn({ requestId, subgraph, err: cause }, 'a subgraph did not answer');
    return { errors: [subgraphUnavailable(subgraph)] };
  }
}
