import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isAsyncIterable } from '@graphql-tools/utils';
import { GraphQLSchema, Kind, OperationTypeNode } from 'graphql';
import type { DocumentNode, GraphQLError } from 'graphql';
import { CloseCode, makeServer } from 'graphql-ws';
import type { Server, SubscribePayload } from 'graphql-ws';
import { z } from 'zod';
import type { Audit } from '../audit.js';
import { AuthenticationError } from '../auth/authenticator.js';
import type { Authenticator } from '../auth/authenticator.js';
import { tellTurnedAway } from '../auth/turn-away.js';
import type { Caller } from '../auth/caller.js';
import type { Clock } from '../clock.js';
import { happenings } from '../happenings.js';
import type { Logger } from '../log.js';
import { ownerKey } from '../owner.js';
import { GraphqlSockets, sendText, takeHeaders } from '../subgraph/graphql-sockets.js';
import type { SocketConnection } from '../subgraph/graphql-sockets.js';
import type { Answer } from './answer.js';
import { clientFacts } from './client-facts.js';
import type { ClientFacts } from './client-facts.js';
import { callerOfSocket, TOKEN_EXPIRED_REASON } from './authenticate.js';
import { codeOf, toWire } from './errors.js';
import type { OperationRequest, Operations } from './operation.js';
import { deliveries } from './delivery.js';
import { isFlowing } from './flowing.js';
import { requestIdOf } from '../request-id.js';
import { sentAsItFlows } from './sent-as-it-flows.js';
import { serialize } from './serialize.js';
import type { SerializableResult } from './serialize.js';
import type { Limits } from './limits.js';
import type { Tally } from './tally.js';
import { tooMany } from './too-many.js';

export interface WebSocketOptions {
  readonly operations: Pick<Operations, 'run' | 'tellRefused'>;
  readonly authenticator: Authenticator;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Where who is turned away leaves a record; undefined: nowhere. */
  readonly audit: Audit | undefined;
  /** Operations that run, by caller, whatever transport they came by. */
  readonly running: Tally;
  readonly limits: Pick<Limits, 'bodyBytes' | 'sockets' | 'operationsPerSocket' | 'operationsPerCaller'>;
  /** Milliseconds a client has to send `connection_init`. Default 3,000. */
  readonly initTimeoutMs?: number;
}

/** What belongs to one socket. */
interface Connection extends SocketConnection {
  caller?: Caller;
  client?: ClientFacts;
  /** JSON of the result that the message being written carries. */
  payload?: string | undefined;
  cancelExpiry?: () => void;
}

/**
 * GraphQL over WebSocket. A token whose time has come, and one that is not valid, close the socket with 4403; the reason
 * of the former is `Token expired`.
 */
export class GraphQLWebSockets {
  readonly #options: WebSocketOptions;
  readonly #sockets: GraphqlSockets<Connection>;
  readonly #running: Tally;

  constructor(options: WebSocketOptions) {
    this.#options = options;
    this.#running = options.running;
    const { clock, logger, limits } = options;
    this.#sockets = new GraphqlSockets({
      protocol: this.#createProtocol(),
      maxMessageBytes: limits.bodyBytes,
      clock,
      logger,
      connect: (opened): Connection => opened,
      send: sendResult,
      onClose: (connection) => connection.cancelExpiry?.(),
    });
  }

  /** Takes over the socket of an upgrade request; false when there are too many already. */
  accept(request: IncomingMessage, duplex: Duplex, head: Buffer): boolean {
    if (this.#sockets.size >= this.#options.limits.sockets) return false;
    this.#sockets.accept(request, duplex, head);
    return true;
  }

  /** Tells every client that the server goes away, and waits until they have. */
  close(): Promise<void> {
    return this.#sockets.close();
  }

  /** Drops the sockets of clients that did not answer `close`. */
  terminate(): void {
    this.#sockets.terminate();
  }

  #createProtocol(): Server<Connection> {
    const answers = new WeakMap<object, Answer>();
    const sent = new WeakMap<object, (result: object) => void>();
    return makeServer<Record<string, unknown>, Connection>({
      connectionInitWaitTimeout: this.#options.initTimeoutMs ?? 3_000,
      onConnect: ({ extra, connectionParams }) => this.#connect(extra, connectionParams),
      // Executed here, because only here errors of the request as a whole can be answered with an `error` message.
      onSubscribe: async ({ extra, subscriptions }, id, params) => {
        const { caller } = extra;
        if (!caller) throw new Error('an operation came before the connection was established');
        const refusal = this.#begin(Object.keys(subscriptions).length, caller);
        if (refusal) {
          const code = codeOf(refusal);
          happenings.refusal.tell({ code });
          const call = { caller, requestId: requestIdOf(undefined) };
          this.#options.operations.tellRefused(withDocumentId(params), call, code);
          return [refusal];
        }
        const answer = await this.#run(params, { ...extra.client, caller });
        if (!('data' in answer) && 'errors' in answer && answer.errors) {
          this.#running.remove(ownerKey(caller));
          return [...answer.errors];
        }
        const args = { schema: NO_SCHEMA, document: ANY_OPERATION };
        const isFlow = isAsyncIterable(answer) && isFlowing(answer);
        const onSent = deliveries('websocket', this.#options.clock);
        answers.set(args, isFlow ? sentAsItFlows(answer, extra.socket, id, onSent) : answer);
        if (!isFlow) sent.set(args, onSent);
        return args;
      },
      execute: (args) => answers.get(args) ?? { errors: [] },
      onNext: ({ extra }, _id, _params, args, result) => {
        sent.get(args)?.(result);
        return new Payload(extra, result);
      },
      onError: (_context, _id, _params, errors) => errors.map((error) => toWire(error).toJSON()),
      onComplete: ({ extra: { caller } }) => caller && this.#running.remove(ownerKey(caller)),
    });
  }

  /** @param onSocket how many operations run on the socket, this one included */
  #begin(onSocket: number, caller: Caller): GraphQLError | undefined {
    const { operationsPerSocket, operationsPerCaller } = this.#options.limits;
    if (onSocket > operationsPerSocket) return tooMany('on one socket', operationsPerSocket);
    if (this.#running.of(ownerKey(caller)) >= operationsPerCaller)
      return tooMany('of one caller', operationsPerCaller);
    this.#running.add(ownerKey(caller));
    return undefined;
  }

  async #run(params: SubscribePayload, who: ClientFacts & { caller: Caller }): Promise<Answer> {
    try {
      return await this.#options.operations.run(withDocumentId(params), {
        ...who,
        requestId: requestIdOf(undefined),
        transport: 'websocket',
      });
    } catch (error) {
      this.#running.remove(ownerKey(who.caller));
      throw error;
    }
  }

  async #connect(connection: Connection, params: Record<string, unknown> | undefined): Promise<boolean> {
    const { authenticator, clock } = this.#options;
    const { socket } = connection;
    const headers = takeHeaders(connection);
    try {
      const caller = await callerOfSocket(authenticator, params, headers);
      connection.caller = caller;
      // Of browsers, which cannot set headers, in the payload.
      connection.client = clientFacts({ ...headers, ...params });
      const expire = (): void => socket.close(CloseCode.Forbidden, TOKEN_EXPIRED_REASON);
      if (caller.expiresAt !== undefined && socket.readyState === socket.OPEN) {
        connection.cancelExpiry = clock.schedule(caller.expiresAt - clock.now(), expire);
      }
      return true;
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      const requestId = requestIdOf(undefined);
      tellTurnedAway(error, { transport: 'websocket', requestId }, this.#options);
      if (error.code === 'TOKEN_EXPIRED') socket.close(CloseCode.Forbidden, TOKEN_EXPIRED_REASON);
      return false;
    }
  }
}

/** The library's type does not know that member of the payload. */
function withDocumentId(params: SubscribePayload): OperationRequest {
  const { documentId } = documentIdMember.catch({}).parse(params);
  return { ...params, documentId };
}

const documentIdMember = z.object({ documentId: z.string().optional() });

function sendResult(connection: Connection, message: string): Promise<void> {
  const { payload } = connection;
  connection.payload = undefined;
  // A `next` message ends with the placeholder that was written for its payload.
  return sendText(
    connection,
    payload === undefined ? message : `${message.slice(0, -'null}'.length)}${payload}}`,
  );
}

// What is answered was executed before.
const NO_SCHEMA = new GraphQLSchema({});
const ANY_OPERATION: DocumentNode = {
  kind: Kind.DOCUMENT,
  definitions: [
    {
      kind: Kind.OPERATION_DEFINITION,
      operation: OperationTypeNode.QUERY,
      selectionSet: { kind: Kind.SELECTION_SET, selections: [] },
    },
  ],
};

/** Stands for a result in a `next` message. Results are serialized once for all who read them. */
class Payload {
  readonly data = null;
  readonly #connection: Connection;
  readonly #result: SerializableResult;

  constructor(connection: Connection, result: SerializableResult) {
    this.#connection = connection;
    this.#result = result;
  }

  /** Called when the message is written, right before it is sent. */
  toJSON(): null {
    this.#connection.payload = serialize(this.#result);
    return null;
  }
}
