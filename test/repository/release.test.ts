import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { release } from '../../scripts/release/release.js';
import { temporaryDirectory, type Teardown } from '../support/simulators.js';

/** A repository with what a release touches. */
async function repository(t: Teardown, changes = '\n### Added\n\n- All of it.\n') {
  const root = await temporaryDirectory(t);
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.test');
  mkdirSync(join(root, 'schema'));
  write('schema/api.graphql', 'type Query { now: Int }\n');
  write('package.json', '{ "name": "sealgraph", "version": "0.1.0", "type": "module" }');
  write(
    'package-lock.json',
    '{ "name": "sealgraph", "version": "0.1.0", "packages": { "": { "version": "0.1.0" }, "a": {} } }',
  );
  write('CHANGELOG.md', `# Changelog\n\n## Unreleased\n${changes}`);
  git('add', '.');
  git('commit', '--quiet', '--message', 'all');
  return { root, write, read, git };
}

const DATE = '2027-01-02';

test('a release gives what is unreleased its version everywhere, keeps its graph, commits and tags', async (t) => {
  const { root, read, git } = await repository(t);
  assert.equal(await release({ root, version: '0.2.0', date: DATE }), 'v0.2.0');
  assert.equal(
    read('CHANGELOG.md'),
    '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2027-01-02\n\n### Added\n\n- All of it.\n',
  );
  assert.deepEqual(JSON.parse(read('package.json')), { name: 'sealgraph', version: '0.2.0', type: 'module' });
  assert.equal(
    JSON.stringify(JSON.parse(read('package-lock.json'))),
    '{"name":"sealgraph","version":"0.2.0","packages":{"":{"version":"0.2.0"},"a":{}}}',
    'in its order',
  );
  assert.equal(read('schema/released.graphql'), read('schema/api.graphql'));
  assert.equal(git('log', '-1', '--format=%s'), 'chore(release): 0.2.0');
  assert.equal(git('describe', '--exact-match'), 'v0.2.0');
  assert.equal(git('status', '--porcelain'), '');
  await assert.rejects(release({ root, version: '0.2.1', date: DATE }), {
    message: /nothing under "Unreleased"/,
  });
});

test('what cannot be released is told in a sentence, and nothing is changed', async (t) => {
  const { root, write, git } = await repository(t);
  const refuses = async (version: string, message: RegExp): Promise<void> => {
    await assert.rejects(release({ root, version, date: DATE }), { name: 'ReleaseError', message });
    assert.equal(git('rev-list', '--count', 'HEAD'), '1');
  };
  await refuses('', /which version/);
  await refuses('1.2', /which version/);
  await refuses('01.2.3', /which version/);
  await refuses('0.0.9', /comes before 0\.1\.0/);
  git('tag', 'v0.3.0');
  await refuses('0.3.0', /is there already/);
  git('switch', '--quiet', '--create', 'other');
  await refuses('0.2.0', /on main/);
  git('switch', '--quiet', 'main');
  write('more', '');
  await refuses('0.2.0', /not committed/);
});

test('what breaks clients of the last release must have been told, and the graph must be one', async (t) => {
  const { root, write, read, git } = await repository(t);
  await release({ root, version: '0.2.0', date: DATE });
  const change = (graph: string, told: string): void => {
    write('schema/api.graphql', graph);
    write('CHANGELOG.md', read('CHANGELOG.md').replace('## Unreleased\n', `## Unreleased\n\n- ${told}\n`));
    git('commit', '--quiet', '--all', '--message', 'change');
  };
  change('type Query { later: Int }\n', 'Something else.');
  await assert.rejects(release({ root, version: '0.3.0', date: DATE }), {
    name: 'ReleaseError',
    message: /breaks clients.*`Query\.now`/,
  });
  change('type Query {', 'Nothing.');
  await assert.rejects(release({ root, version: '0.3.0', date: DATE }));
  assert.equal(git('tag', '--list'), 'v0.2.0');
  change('type Query { later: Int }\n', '`Query.now` is gone.');
  assert.equal(await release({ root, version: '0.3.0', date: DATE }), 'v0.3.0');
});
