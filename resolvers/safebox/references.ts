import type { ReferenceResolver } from '../../src/subgraph/federate.js';
import type { SafeboxContext } from './context.js';
import { selectedSections } from './selected-sections.js';

/** SafeBoxes by id, for the gateway; null for those that are somebody else's. */
export const resolveSafeBoxes: ReferenceResolver<SafeboxContext> = (representations, context, info) => {
  const ids = representations.map(({ id }) => String(id));
  return context.services.boxes.findMany(context, ids, selectedSections(info));
};
