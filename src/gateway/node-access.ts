import { hasScopes } from '../auth/scopes.js';
import { leaveRecord } from '../audit.js';
import type { Audit } from '../audit.js';
import { codeIn, isDenial } from '../subgraph/audit.js';
import { FoundIds } from '../subgraph/audit-targets.js';
import { lacks } from '../subgraph/refusals.js';
import type { AnyOf } from '../subgraph/refusals.js';
import type { SubgraphCall } from '../subgraph/subgraph.js';

/**
 * Finds an object for those who may read its type, and leaves a record of each that is refused, that there is not, or that
 * is somebody else's.
 * @param needs undefined: nothing is needed, or there is nothing of the type
 * @param find answers null for what is not found
 * @throws GraphQLError FORBIDDEN, and whatever `find` throws
 */
export async function findNodeFor<Found>(
  call: SubgraphCall,
  id: string,
  needs: AnyOf | undefined,
  find: () => Promise<Found | null>,
  audit: Audit | undefined,
): Promise<Found | null> {
  const leave = (code: string): void => {
    const { caller, requestId } = call;
    const { tenant, subject } = caller;
    const targets = new FoundIds().add('id', id).toTargets();
    leaveRecord(audit, { requestId, tenant, subject, field: 'Query.node', targets, code });
  };
  try {
    if (needs && !hasScopes(call.caller, needs)) throw lacks(needs);
    const found = await find();
    if (found === null) leave('NOT_FOUND');
    return found;
  } catch (error) {
    const code = codeIn(error);
    if (isDenial(code)) leave(code);
    throw error;
  }
}
