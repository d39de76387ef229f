import { isAsyncIterable } from '@graphql-tools/utils';
import type { ExecutionResult } from '@graphql-tools/utils';
import { getOperationAST, GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { eachWithCallBudget, withCallBudget } from '../call-budget.js';
import type { Audit } from '../audit.js';
import type { Clock } from '../clock.js';
import { keepOrigin, originOf } from '../event-origin.js';
import { happenings } from '../happenings.js';
import type { Logger } from '../log.js';
import type { Rate, Rates, RateState } from '../rates/rates.js';
import { span } from '../spans.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';
import type { Answer } from './answer.js';
import { auditRefused, auditUnanswered } from './audit-refused.js';
import type { ClientFacts } from './client-facts.js';
import { tokenExpired } from './authenticate.js';
import { unreadable } from './documents.js';
import type { Documents, PreparedDocument } from './documents.js';
import { codeOf, type ErrorMask } from './errors.js';
import type { GraphExecutor, ReadyOperation } from './executor.js';
import { flowingLike } from './flowing.js';
import type { Limits } from './limits.js';
import type { NullForbidden } from './null-forbidden.js';
import { tooCostly } from './operation-cost.js';
import type { OperationCosts } from './operation-cost.js';
import { observe } from './observe.js';
import { rateLimited } from './rate-limited.js';
import type { RunningSubscriptions } from './running-subscriptions.js';
import { requestedDocument } from './requested-document.js';
import type { DocumentRequest } from './requested-document.js';
import type { Sharer } from './share.js';
import { sharedCall } from './shared-call.js';
import { sharingKey } from './sharing-key.js';
import type { TrustedDocuments } from './trusted-documents.js';
import { until } from './until.js';
import { readVariables } from './variables.js';

/** What a client asks for, whatever transport it came by. */
export interface OperationRequest extends DocumentRequest {
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  /** Came by a method that must change nothing, and cannot be answered for long. Default false. */
  readonly isSafe?: boolean;
}

/** Who calls, and by which way. */
export interface ClientCall extends SubgraphCall, ClientFacts {
  readonly transport: 'http' | 'websocket';
  /** Told how the caller's rates stand. */
  readonly onRate?: (state: RateState) => void;
}

export interface OperationPipeline {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  /** Undefined: every document may run. */
  readonly trusted: TrustedDocuments | undefined;
  readonly nullForbidden: NullForbidden;
  readonly execute: GraphExecutor;
  readonly sharer: Sharer;
  readonly subscriptions: RunningSubscriptions;
  readonly mask: ErrorMask;
  readonly costs: OperationCosts;
  readonly rates: Rates;
  /** Where what is turned away leaves a record; undefined: nowhere. */
  readonly audit: Audit | undefined;
  readonly limits: Pick<Limits, 'validationErrors' | 'cost' | 'providerCalls'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * What every operation passes through: its document is read and validated within the limits, the values of its
 * variables are checked, it is executed, its errors are masked. Identical subscriptions are shared: below that point
 * everything happens once for all their readers. One line is logged when it has ended; never variables, never the
 * document.
 */
export class Operations {
  readonly #pipeline: OperationPipeline;

  constructor(pipeline: OperationPipeline) {
    this.#pipeline = pipeline;
  }

  /** Answers a stream for a subscription that could begin, and one result for everything else. */
  async run(request: OperationRequest, call: ClientCall): Promise<Answer> {
    const { documents, trusted, mask, clock } = this.#pipeline;
    const startedAt = clock.now();
    const tooMany = await this.#refusal('requests', call);
    if (tooMany) {
      this.#log(undefined, call, { status: 'error', code: codeOf(tooMany), durationMs: 0 });
      this.tellRefused(request, call, codeOf(tooMany));
      return mask({ errors: [tooMany] }, call.requestId);
    }
    const text = requestedDocument(request, trusted);
    const prepared = typeof text === 'string' ? documents.prepare(text) : unreadable(text);
    const operation = prepared.document && getOperationAST(prepared.document, request.operationName);
    const { requestId, transport, trace } = call;
    const name = `${operation?.operation ?? 'operation'} ${this.#fieldOf(operation)}`;
    return span({ name, kind: 'server', facts: { requestId, transport }, under: trace }, async (tell) => {
      const answer = await this.#run({ request, call, prepared, operation, startedAt });
      tell({ code: isAsyncIterable(answer) || !answer.errors ? 'OK' : codeOf(answer.errors[0]) });
      return answer;
    });
  }

  async #run({ request, call, prepared, operation, startedAt }: PreparedRequest): Promise<Answer> {
    const { mask, clock } = this.#pipeline;
    const tell = costTeller(request, this.#pipeline.limits.cost);
    const log = (status: string, code = 'OK'): void =>
      this.#log(operation, call, { status, code, durationMs: clock.now() - startedAt });
    const ready = this.#ready(request, prepared, operation ?? undefined, call);
    const { schema, audit } = this.#pipeline;
    const readable = { schema, document: prepared.document, operation, variables: request.variables };
    const refuse = (errors: readonly GraphQLError[], cost?: number): ExecutionResult => {
      const refused = mask({ errors }, call.requestId);
      const code = codeOf(refused.errors?.[0]);
      log('error', code);
      auditRefused(audit, call, code, readable);
      return tell(cost, refused);
    };
    if ('errors' in ready) return refuse(ready.errors, ready.cost);
    const isMutation = ready.operation.operation === OperationTypeNode.MUTATION;
    const tooManyMutations = isMutation && (await this.#refusal('mutations', call));
    if (tooManyMutations) return refuse([tooManyMutations], ready.cost);
    const answer = await this.#execute(ready, prepared.normalized);
    if (isAsyncIterable(answer)) {
      // The last thing that was said tells how it ended.
      let last: ExecutionResult | undefined;
      const pass = (result: ExecutionResult): ExecutionResult => (last = result);
      const onEnd = (status: string): void => log(status, last?.errors ? codeOf(last.errors[0]) : undefined);
      return flowingLike(answer, observe(answer, pass, onEnd), pass);
    }
    if (answer.errors) log('error', codeOf(answer.errors[0]));
    else log('ok');
    if (isMutation && answer.errors) auditUnanswered(audit, call, readable, answer.errors);
    return tell(ready.cost, answer);
  }

  /** Whether the graph has what the document of a subscription asks for. */
  fits(document: string): boolean {
    return this.#pipeline.documents.prepare(document).errors.length === 0;
  }

  /** Leaves a record of an operation that is turned away before it came here. */
  tellRefused(request: OperationRequest, call: SubgraphCall, code: string): void {
    const { documents, trusted, schema, audit } = this.#pipeline;
    const text = requestedDocument(request, trusted);
    const document = typeof text === 'string' ? documents.parsed(text) : undefined;
    const operation = document && getOperationAST(document, request.operationName);
    auditRefused(audit, call, code, { schema, document, operation, variables: request.variables });
  }

  /** Counts the operation; what its caller is told when it is one too many. */
  async #refusal(rate: Rate, { caller, onRate }: ClientCall): Promise<GraphQLError | undefined> {
    const state = await this.#pipeline.rates.take(rate, caller);
    if (state) onRate?.(state);
    return state?.isAllowed === false ? rateLimited(state) : undefined;
  }

  #ready(
    { variables, isSafe }: OperationRequest,
    { document, errors }: PreparedDocument,
    operation: OperationDefinitionNode | undefined,
    call: SubgraphCall,
  ): (ReadyOperation & Cost) | ({ readonly errors: readonly GraphQLError[] } & Partial<Cost>) {
    if (errors.length > 0 || !document) return { errors };
    if (!operation) return { errors: [NO_OPERATION] };
    if (isSafe && operation.operation !== OperationTypeNode.QUERY)
      return { errors: [notByGet(operation.operation)] };
    const { schema, nullForbidden, costs, limits } = this.#pipeline;
    const read = readVariables(
      schema,
      operation,
      variables ?? {},
      nullForbidden.of(operation),
      limits.validationErrors,
    );
    if ('errors' in read) return read;
    const cost = costs.of(document, operation, read.values);
    if (cost > limits.cost) return { errors: [tooCostly(cost, limits.cost)], cost };
    return { document, operation, variables: read.values, call, cost };
  }

  async #execute(ready: ReadyOperation, normalized: string): Promise<Answer> {
    if (ready.operation.operation !== OperationTypeNode.SUBSCRIPTION) return this.#masked(ready);
    const { sharer, subscriptions, clock } = this.#pipeline;
    const { caller } = ready.call;
    const begin = async (subscription: ReadyOperation): Promise<Answer> => {
      const begun = await this.#masked(subscription);
      return isAsyncIterable(begun) ? subscriptions.follow(begun, normalized) : begun;
    };
    const key = sharingKey({ ...ready, normalized, caller });
    const answer =
      key === undefined
        ? await begin(ready)
        : await sharer.join(
            key,
            (right) => begin({ ...ready, call: sharedCall(ready.call, right) }),
            caller.expiresAt,
          );
    if (!isAsyncIterable(answer) || caller.expiresAt === undefined) return answer;
    return until(answer, caller.expiresAt, clock, { errors: [tokenExpired()] });
  }

  async #masked(ready: ReadyOperation): Promise<Answer> {
    const { execute, mask, limits } = this.#pipeline;
    const { requestId } = ready.call;
    const masked = (result: ExecutionResult): ExecutionResult =>
      keepOrigin(mask(result, requestId), originOf(result));
    const answer = await withCallBudget(requestId, limits.providerCalls, () => execute(ready));
    if (!isAsyncIterable(answer)) return masked(answer);
    return observe(eachWithCallBudget(requestId, limits.providerCalls, answer), masked, () => undefined);
  }

  /** The first root field, if the graph has it: what clients write otherwise would be names without bound. */
  #fieldOf(operation: OperationDefinitionNode | null | undefined): string {
    const { schema } = this.#pipeline;
    const type = operation && schema.getRootType(operation.operation);
    const [first] = operation?.selectionSet.selections ?? [];
    const name = first?.kind === Kind.FIELD ? first.name.value : undefined;
    return name !== undefined && type?.getFields()[name] ? name : 'other';
  }

  #log(
    operation: OperationDefinitionNode | null | undefined,
    { caller, requestId, transport, client }: ClientCall,
    { status, code, durationMs }: { status: string; code: string; durationMs: number },
  ): void {
    const type = operation?.operation ?? 'none';
    const way = type === OperationTypeNode.SUBSCRIPTION && transport === 'http' ? 'stream' : transport;
    happenings.operation.tell({ field: this.#fieldOf(operation), type, transport: way, code, durationMs });
    this.#pipeline.logger.info(
      {
        requestId,
        operation: operation?.name?.value.slice(0, 100),
        type: operation?.operation,
        status,
        code,
        transport: way,
        ...(client !== undefined && { client }),
        durationMs,
        subject: caller.subject,
        tenant: caller.tenant,
      },
      'operation',
    );
  }
}

interface PreparedRequest {
  readonly request: OperationRequest;
  readonly call: ClientCall;
  readonly prepared: PreparedDocument;
  readonly operation: OperationDefinitionNode | null | undefined;
  readonly startedAt: number;
}

interface Cost {
  /** Calls to providers that the operation may make. */
  readonly cost: number;
}

/** Adds what an operation costs to its result, for those who ask with `extensions: { cost: true }`. */
function costTeller(
  { extensions }: OperationRequest,
  limit: number,
): (cost: number | undefined, result: ExecutionResult) => ExecutionResult {
  if (extensions?.['cost'] !== true) return (_cost, result) => result;
  return (cost, result) =>
    cost === undefined ? result : { ...result, extensions: { cost: { providerCalls: cost, limit } } };
}

const NO_OPERATION = new GraphQLError('There is no single operation to execute.', {
  extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400, spec: true } },
});

function notByGet(type: OperationTypeNode): GraphQLError {
  return new GraphQLError(`A ${type} cannot be started with GET.`, {
    extensions: { code: 'METHOD_NOT_ALLOWED', http: { status: 405, headers: { allow: 'POST' } } },
  });
}
