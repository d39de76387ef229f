import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../src/config/index.js';
import { withSettingsFiles } from '../../src/config/process-environment.js';
import { temporaryDirectory } from '../support/simulators.js';

test('settings come from the environment first, then from the files it names, the earlier one first', async (t) => {
  const dir = await temporaryDirectory(t);
  const [one, two] = [join(dir, 'one.env'), join(dir, 'two.env')];
  await writeFile(one, "# a comment\nA=one\nB='b#=one'\n");
  await writeFile(two, 'A=two\nC=two\nD=two\n');
  const settings = withSettingsFiles({ SEALGRAPH_SETTINGS_FILES: `${one}, ${two}`, C: 'own', D: '' });
  const { A, B, C, D } = settings;
  assert.deepEqual({ A, B, C, D }, { A: 'one', B: 'b#=one', C: 'own', D: 'two' });
});

test('a settings file that cannot be read is an error that names the setting', () => {
  assert.throws(
    () => withSettingsFiles({ SEALGRAPH_SETTINGS_FILES: '/nowhere/settings.env' }),
    (error) =>
      error instanceof ConfigError &&
      error.message === 'SEALGRAPH_SETTINGS_FILES names a file that cannot be read.',
  );
});
