import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Why nothing was released. The message is one sentence. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}

export interface Release {
  /** The repository. */
  readonly root: string;
  readonly version: string;
  /** `YYYY-MM-DD`, for the changelog. */
  readonly date: string;
}

/**
 * Gives "Unreleased" its version, makes the graph of today the one that later changes are compared with, commits and
 * tags. Changes nothing unless every check holds.
 * @returns the tag. @throws ReleaseError
 */
export function release({ root, version, date }: Release): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const tag = `v${version}`;
  const manifest = versioned.parse(read(root, 'package.json'));
  requireNext(manifest.version, version);
  if (git('status', '--porcelain') !== '')
    throw new ReleaseError('There are changes that are not committed.');
  if (git('branch', '--show-current') !== 'main') throw new ReleaseError('Versions are made on main.');
  if (git('tag', '--list', tag) !== '') throw new ReleaseError(`${tag} is there already.`);
  const changelog = closed(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version, date);

  writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  write(root, 'package.json', { ...manifest, version });
  const lock = lockFile.parse(read(root, 'package-lock.json'));
  write(root, 'package-lock.json', {
    ...lock,
    version,
    packages: { ...lock.packages, '': { ...lock.packages[''], version } },
  });
  copyFileSync(join(root, 'schema/api.graphql'), join(root, 'schema/released.graphql'));
  git('add', 'CHANGELOG.md', 'package.json', 'package-lock.json', 'schema/released.graphql');
  git('commit', '--message', `chore(release): ${version}`);
  git('tag', '--annotate', tag, '--message', `Sealgraph ${version}`);
  return tag;
}

const versioned = z.looseObject({ version: z.string() });
const lockFile = z.looseObject({ packages: z.record(z.string(), z.looseObject({})) });

function requireNext(current: string, next: string): void {
  const [now, then] = [partsOf(current), partsOf(next)];
  if (then === undefined) throw new ReleaseError('Say which version, such as 1.2.3.');
  const place = then.findIndex((part, index) => part !== now?.[index]);
  if (place !== -1 && (then[place] ?? 0) < (now?.[place] ?? 0))
    throw new ReleaseError(`${next} comes before ${current}.`);
}

function partsOf(version: string): number[] | undefined {
  return /^\d+\.\d+\.\d+$/.test(version) ? version.split('.').map(Number) : undefined;
}

/** The changelog with what is under "Unreleased" under the version, and an empty "Unreleased" above. */
function closed(changelog: string, version: string, date: string): string {
  const heading = '## Unreleased\n';
  const [before = '', after] = changelog.split(heading);
  if (after === undefined) throw new ReleaseError('CHANGELOG.md has no "Unreleased".');
  if ((after.split(/^## /m)[0] ?? '').trim() === '')
    throw new ReleaseError('CHANGELOG.md has nothing under "Unreleased".');
  return `${before}${heading}\n## ${version} - ${date}\n${after}`;
}

function read(root: string, path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

function write(root: string, path: string, content: object): void {
  writeFileSync(join(root, path), `${JSON.stringify(content, null, 2)}\n`);
}
