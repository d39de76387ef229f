import type { SubgraphContext } from '../../src/subgraph/context.js';
import type { Idempotency } from '../../src/subgraph/idempotency.js';

/** Does a command once per idempotency key; `input` is compared without the key itself. */
export function once<Input extends { idempotencyKey?: string | null }, Result>(
  { caller, services }: SubgraphContext<{ readonly idempotency: Idempotency }>,
  operation: string,
  { idempotencyKey: key, ...input }: Input,
  work: () => Promise<Result>,
): Promise<Result> {
  return services.idempotency.run({ owner: caller, operation, key, input }, work);
}
