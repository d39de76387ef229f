import type { ReferenceResolver } from '../../src/subgraph/federate.js';
import type { SafeboxContext } from './context.js';

/** SafeBoxes by id, for the gateway; null for those that are somebody else's. */
export const resolveSafeBoxes: ReferenceResolver<SafeboxContext> = (representations, { caller, services }) =>
  Promise.all(representations.map(({ id }) => services.boxes.find(caller, String(id), [])));
