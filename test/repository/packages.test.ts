import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { duplicateProblems } from '../../scripts/duplicate-packages.js';
import { readInstalledPackages, type InstalledPackage } from '../../scripts/installed-packages.js';
import { isAllowed, licenceProblems } from '../../scripts/licences.js';

function installed(name: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    name,
    version: '1.0.0',
    licence: 'MIT',
    isDev: false,
    needs: [],
    path: `node_modules/${name}`,
    ...more,
  };
}

describe('the licence gate', () => {
  it('lets permissive licences pass, also where one can be chosen or several hold together', () => {
    for (const licence of ['MIT', 'Apache-2.0', '(BSD-3-Clause OR GPL-2.0)', '(MIT AND BSD-3-Clause)']) {
      assert.equal(isAllowed(licence), true, licence);
    }
  });

  it('stops what is not permissive, not named, or not plain', () => {
    const refused = [
      'Elastic-2.0',
      'GPL-3.0',
      'MIT AND GPL-2.0',
      '(MIT OR GPL-2.0) AND Elastic-2.0',
      'SEE LICENSE IN X',
      '',
    ];
    for (const licence of [...refused, undefined]) assert.equal(isAllowed(licence), false, licence);
  });

  it('names the package, and asks nothing of what is for development alone', () => {
    assert.deepEqual(
      licenceProblems([
        installed('good'),
        installed('elastic', { licence: 'Elastic-2.0' }),
        installed('tool', { licence: 'GPL-3.0', isDev: true }),
        installed('nameless', { licence: undefined }),
      ]),
      ['elastic@1.0.0 has the licence Elastic-2.0.', 'nameless@1.0.0 has the licence (none named).'],
    );
  });

  it('knows one exception, under the licence it was granted for', () => {
    assert.deepEqual(licenceProblems([installed('openpgp', { licence: 'LGPL-3.0+' })]), []);
    assert.equal(licenceProblems([installed('openpgp', { licence: 'GPL-3.0' })]).length, 1);
    assert.equal(licenceProblems([installed('other', { licence: 'LGPL-3.0+' })]).length, 1);
  });
});

describe('the gate for duplicate packages', () => {
  it('says where the second copy of a package lies that must be single', () => {
    const second = { version: '15.0.0', path: 'node_modules/old/node_modules/graphql' };
    assert.deepEqual(duplicateProblems([installed('graphql'), installed('graphql', second)]), [
      'graphql is there 2 times (1.0.0 in node_modules/graphql, 15.0.0 in node_modules/old/node_modules/graphql), but it refuses schemas made by another copy of itself.',
    ]);
  });

  it('does not mind copies of other packages', () => {
    assert.deepEqual(duplicateProblems([installed('tslib'), installed('tslib')]), []);
  });
});

it('installed packages are read from the lock file, and their licence from where they lie', (test) => {
  const root = mkdtempSync(join(tmpdir(), 'sealgraph-packages-'));
  test.after(() => rmSync(root, { recursive: true }));
  const lock = {
    packages: {
      '': { name: 'root', version: '0.0.0' },
      'node_modules/@a/b': { version: '2.0.0', license: 'MIT', dependencies: { c: '^3.0.0' } },
      'node_modules/@a/b/node_modules/c': { version: '3.0.0', license: 'ISC', dev: true, optional: true },
    },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
  mkdirSync(join(root, 'node_modules/@a/b'), { recursive: true });
  writeFileSync(join(root, 'node_modules/@a/b/package.json'), JSON.stringify({ license: 'Elastic-2.0' }));
  assert.deepEqual(readInstalledPackages(root), [
    {
      name: '@a/b',
      version: '2.0.0',
      licence: 'Elastic-2.0',
      isDev: false,
      needs: ['c'],
      path: 'node_modules/@a/b',
    },
    {
      name: 'c',
      version: '3.0.0',
      licence: 'ISC',
      isDev: true,
      needs: [],
      path: 'node_modules/@a/b/node_modules/c',
    },
  ]);
});
