import type { GraphQLResolveInfo } from 'graphql';
import { SECTION_NAMES } from '../../src/providers/safebox/wire/box.js';
import type { Section } from '../../src/providers/safebox/wire/box.js';
import { selectedPaths } from '../shared/selected-paths.js';

/** The sections of a SafeBox that an operation asks for: of the current field, or of the field `inside` it. */
export function selectedSections(info: GraphQLResolveInfo, inside?: string): readonly Section[] {
  const paths = selectedPaths(info);
  return SECTION_NAMES.filter((name) => paths.has(inside === undefined ? name : `${inside}.${name}`));
}
