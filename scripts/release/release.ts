import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { untoldBreakingChanges } from '../schema/breaking-changes.js';

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
 * tags. Changes nothing unless every check holds, among them that whatever breaks clients is told.
 * @returns the tag. @throws ReleaseError
 */
export async function release({ root, version, date }: Release): Promise<string> {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const tag = `v${version}`;
  const text = (path: string): string => readFileSync(join(root, path), 'utf8');
  const manifest = readManifest(text('package.json'));
  requireNext(manifest.version, version);
  if (git('status', '--porcelain') !== '')
    throw new ReleaseError('There are changes that are not committed.');
  if (git('branch', '--show-current') !== 'main') throw new ReleaseError('Versions are made on main.');
  if (git('tag', '--list', tag) !== '') throw new ReleaseError(`${tag} is there already.`);
  const changelog = closed(text('CHANGELOG.md'), version, date);
  const [untold] = await untoldBreakingChanges({
    released: existsSync(join(root, 'schema/released.graphql')) ? text('schema/released.graphql') : undefined,
    current: text('schema/api.graphql'),
    changelog: text('CHANGELOG.md'),
  });
  if (untold !== undefined) throw new ReleaseError(untold);

  writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  write(root, 'package.json', { ...manifest, version });
  const lock = readLock(text('package-lock.json'));
  const packages = { ...lock.packages, '': { ...lock.packages[''], version } };
  write(root, 'package-lock.json', { ...lock, version, packages });
  copyFileSync(join(root, 'schema/api.graphql'), join(root, 'schema/released.graphql'));
  git('add', 'CHANGELOG.md', 'package.json', 'package-lock.json', 'schema/released.graphql');
  git('commit', '--message', `chore(release): ${version}`);
  git('tag', '--annotate', tag, '--message', `Sealgraph ${version}`);
  return tag;
}

const versioned = z.looseObject({ version: z.string() });
const lockFile = z.looseObject({ packages: z.record(z.string(), z.looseObject({})) });

// As they stand, in their order: checked, and not taken apart.
function readManifest(text: string): z.output<typeof versioned> {
  const content: unknown = JSON.parse(text);
  versioned.parse(content);
  return content as z.output<typeof versioned>;
}

function readLock(text: string): z.output<typeof lockFile> {
  const content: unknown = JSON.parse(text);
  lockFile.parse(content);
  return content as z.output<typeof lockFile>;
}

function requireNext(current: string, next: string): void {
  const [now, then] = [partsOf(current), partsOf(next)];
  if (then === undefined) throw new ReleaseError('Say which version, such as 1.2.3.');
  const place = then.findIndex((part, index) => part !== now?.[index]);
  if (place !== -1 && (then[place] ?? 0) < (now?.[place] ?? 0))
    throw new ReleaseError(`${next} comes before ${current}.`);
}

function partsOf(version: string): number[] | undefined {
  return /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version) ? version.split('.').map(Number) : undefined;
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

function write(root: string, path: string, content: object): void {
  writeFileSync(join(root, path), `${JSON.stringify(content, null, 2)}\n`);
}
