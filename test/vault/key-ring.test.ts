import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../src/config/config-error.js';
import { openKeyFile, parseKeyRing } from '../../src/vault/key-ring.js';
import { createVault } from '../../src/vault/vault.js';
import { temporaryDirectory } from '../support/simulators.js';

const CONTEXT = { collection: 'c', owner: 'o', id: 'i' };
const key = (bytes = 32): string => randomBytes(bytes).toString('base64');

test('the first key of a ring is the current one', () => {
  const ring = parseKeyRing(` new:${key()}, old:${key()}\n`, 'VAULT_KEYS');
  assert.equal(ring.current.id, 'new');
  assert.equal(ring.find('old')?.id, 'old');
  assert.equal(ring.find('other'), undefined);
});

test('a wrong ring is refused by a sentence that names the variable and quotes nothing', () => {
  const canary = key(16);
  const wrong = [
    '',
    'k1',
    `k1:${canary}`,
    `:${key()}`,
    `k 1:${key()}`,
    `k1:${key()},`,
    `k1:${key()},k1:${key()}`,
  ];
  for (const text of wrong) {
    assert.throws(
      () => parseKeyRing(text, 'VAULT_KEYS'),
      (error: unknown) =>
        error instanceof ConfigError &&
        /^VAULT_KEYS must .*\.$/.test(error.message) &&
        !error.message.includes(canary),
    );
  }
});

test('a key file is made once, readable by its owner alone, and opened again by the next start', async (t) => {
  const path = join(await temporaryDirectory(t), 'deeper', 'vault.key');
  const sealed = createVault(openKeyFile(path, 'VAULT_KEYS')).seal('text', CONTEXT);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.equal(createVault(openKeyFile(path, 'VAULT_KEYS')).open(sealed, CONTEXT), 'text');
  assert.deepEqual(await readdir(join(path, '..')), ['vault.key']);
});

test('a key file that others can read, or that holds no key, stops the start and is left as it is', async (t) => {
  const path = join(await temporaryDirectory(t), 'vault.key');
  openKeyFile(path, 'VAULT_KEYS');
  await chmod(path, 0o640);
  assert.throws(() => openKeyFile(path, 'VAULT_KEYS'), ConfigError);
  await chmod(path, 0o600);
  await writeFile(path, 'damaged');
  assert.throws(() => openKeyFile(path, 'VAULT_KEYS'), ConfigError);
  assert.equal(await readFile(path, 'utf8'), 'damaged');
  await rm(path);
  await symlink('/nowhere/at/all', path);
  assert.throws(
    () => openKeyFile(path, 'VAULT_KEYS'),
    /^ConfigError: VAULT_KEYS leads to .*, which is no file/,
  );
  await rm(path);
  await mkdir(path);
  assert.throws(
    () => openKeyFile(path, 'VAULT_KEYS'),
    /^ConfigError: VAULT_KEYS leads to .*, which is no file/,
  );
});
