import type { ReferenceResolver } from '../../src/subgraph/federate.js';
import { providerId } from '../../src/subgraph/global-id.js';
import type { XqkeysContext } from './context.js';
import { XqKey } from './key.type.js';

/** Keys by id, for the gateway, as last observed; null for those of others. */
export const resolveXqKeys: ReferenceResolver<XqkeysContext> = async (
  representations,
  { caller, services },
) => {
  const keys = await services.keys.recorded(
    caller,
    representations.map(({ id }) => providerId('XqKey', String(id))),
  );
  return keys.map((key) => key && new XqKey(key));
};
