import { existsSync, readFileSync } from 'node:fs';
import { reportProblems } from './report-problems.js';
import { untoldBreakingChanges } from './schema/breaking-changes.js';

/** The graph of the last release; there is none before the first. */
const RELEASED = 'schema/released.graphql';

reportProblems(
  await untoldBreakingChanges({
    released: existsSync(RELEASED) ? readFileSync(RELEASED, 'utf8') : undefined,
    current: readFileSync('schema/api.graphql', 'utf8'),
    changelog: readFileSync('CHANGELOG.md', 'utf8'),
  }),
  'Every change that breaks clients is told in CHANGELOG.md.',
);
