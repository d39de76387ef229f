import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { parseWire } from '../kit/parse.js';
import { fromStatus, notUnderstood, sourceOf } from './errors.js';
import type { CallOptions } from './model.js';
import { OPERATIONS } from './operations.js';
import type { OperationFacts, OperationName, ServiceName } from './operations.js';
import { checkTexts, RULES } from './rules.js';
import type { SoapService } from './soap-service.js';
import { PUSH_STATUSES } from './statuses.js';
import { baseAnswer } from './wire.js';

/**
 * Calls one operation and answers what its schema says, on success alone.
 * @throws ProviderError for everything else
 */
export type Invoke = <Answer extends z.ZodType>(
  operation: OperationName,
  request: object,
  answer: Answer,
  options: CallOptions,
) => Promise<z.infer<Answer>>;

/** The common frame of all operations (dossier section 2.1). */
export function createInvoke(services: Readonly<Record<ServiceName, SoapService>>): Invoke {
  return async (
    operation,
    request,
    answerSchema,
    { requestId, fairnessKey: caller, onBehalfOfAccountId },
  ) => {
    const { service, kind, success = ['0000'] }: OperationFacts = OPERATIONS[operation];
    checkTexts(['onBehalfOfAccountId', onBehalfOfAccountId, RULES.accountId]);
    const source = sourceOf(operation);
    const ownId = newRequestId();
    const answer = await services[service].call(
      { operation, requestId, wireRequestId: ownId, caller },
      { requestId: ownId, onBehalfOfAccountId, ...request },
    );
    const { requestId: echoed, status, detail } = parseWire(baseAnswer, answer, source);
    if (echoed !== ownId) throw notUnderstood(operation, 'the answer belongs to another request');
    if (success.includes(status)) return parseWire(answerSchema, answer, source, status);
    if (isNoRefusal(status)) throw notUnderstood(operation, 'the answer is one to something else', status);
    throw fromStatus({ status, detail }, kind, request);
  };
}

/** Whether a status says no to nothing: a success of other operations, or how far a push has come. */
function isNoRefusal(status: string): boolean {
  return status === '0000' || status === '6040' || Object.hasOwn(PUSH_STATUSES, status);
}

/** A request id as the service wants it (dossier section 1.3): a new one for each call, for support. */
function newRequestId(): string {
  return randomUUID().replaceAll('-', '_');
}
