import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/** The graph as it was released and as it is, and what users are told. */
export interface Release {
  /** API schema of the last release; undefined before the first one. */
  readonly released: string | undefined;
  readonly current: string;
  /** Text of `CHANGELOG.md`. */
  readonly changelog: string;
}

/**
 * One sentence for every change since the last release that breaks a client and whose place in the graph, such as
 * `Query.safeBox`, does not stand between backticks under "Unreleased".
 */
export async function untoldBreakingChanges({ released, current, changelog }: Release): Promise<string[]> {
  const graph = buildSchema(current);
  if (released === undefined) return [];
  const told = unreleasedPart(changelog);
  const changes = await diff(buildSchema(released), graph);
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ path, message }) => ({ place: path ?? message, message }))
    .filter(({ place }) => !told.includes(`\`${place}\``))
    .map(
      ({ place, message }) =>
        `${message.replace(/\.$/, '')}: this breaks clients, and CHANGELOG.md does not name \`${place}\` under "Unreleased".`,
    );
}

/** What stands between the heading "Unreleased" and the next release; nothing when there is no such heading. */
function unreleasedPart(changelog: string): string {
  const [, after = ''] = changelog.split(/^## \[?Unreleased\]?.*$/m);
  return after.split(/^## /m, 1)[0] ?? '';
}
