import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { isAsyncIterable } from '@graphql-tools/utils';
import type { ExecutionResult } from '@graphql-tools/utils';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { Answer } from './answer.js';
import { callOf } from './context.js';
import type { Documents } from './documents.js';
import type { ErrorMask } from './errors.js';
import { observe } from './observe.js';
import type { Sharer } from './share.js';
import { sharingKey } from './sharing-key.js';

/** What every operation passes through, whatever transport it came by. */
export interface OperationPipeline {
  readonly documents: Documents;
  readonly sharer: Sharer;
  readonly mask: ErrorMask;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Around each operation: identical subscriptions are shared (below this point everything happens once for all their
 * readers), errors are masked, and one line is logged when the operation has ended. Never variables, never the document.
 */
export function pipeOperations(pipeline: OperationPipeline): GatewayPlugin {
  const { documents, sharer, mask, clock, logger } = pipeline;
  return {
    onParams({ params, context, paramsHandler, setParamsHandler }) {
      const operation = documents.operation(params.query, params.operationName);
      const { caller, requestId } = callOf(context);
      const startedAt = clock.now();
      const log = (status: string): void =>
        logger.info(
          {
            requestId,
            operation: operation?.name?.value.slice(0, 100),
            type: operation?.operation,
            status,
            durationMs: clock.now() - startedAt,
            subject: caller.subject,
          },
          'operation',
        );

      setParamsHandler(async (payload) => {
        const run = async (): Promise<Answer> => {
          const answer = await paramsHandler(payload);
          const masked = (result: ExecutionResult): ExecutionResult => mask(result, requestId);
          return isAsyncIterable(answer) ? observe(answer, masked, () => undefined) : masked(answer);
        };
        const key =
          operation?.operation === 'subscription' && params.query
            ? sharingKey({
                ...documents.parse(params.query),
                operation,
                variables: params.variables ?? {},
                caller,
              })
            : undefined;
        const answer = key ? await sharer.join(key, run) : await run();
        if (isAsyncIterable(answer)) return observe(answer, (result) => result, log);
        log(answer.errors ? 'error' : 'ok');
        return answer;
      });
    },
  };
}
