import { foundById } from '../../src/subgraph/found-by-id.js';
import type { SafeboxContext } from './context.js';
import { selectedSections } from './selected-sections.js';

/** SafeBoxes by id, for the gateway; null for those that are somebody else's. */
export const resolveSafeBoxes = foundById('SafeBox', (names, context: SafeboxContext, info) =>
  context.services.boxes.findMany(
    context,
    names.map(([id = '']) => id),
    selectedSections(info),
  ),
);
