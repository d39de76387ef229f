import { foundById } from '../../src/subgraph/found-by-id.js';
import type { XqkeysContext } from './context.js';
import { XqKey } from './key.type.js';

/** Keys by id, for the gateway, as last observed; null for those of others. */
export const resolveXqKeys = foundById('XqKey', async (names, { caller, services }: XqkeysContext) => {
  const keys = await services.keys.recorded(
    caller,
    names.map(([locator = '']) => locator),
  );
  return keys.map((key) => key && new XqKey(key));
});
