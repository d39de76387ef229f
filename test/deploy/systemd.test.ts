import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commands } from '../../src/cli/commands.js';
import { temporaryDirectory, type Teardown } from '../support/simulators.js';
import { subgraphs } from '../../subgraphs/index.js';

const FOLDER = 'deploy/systemd';
const COMMON = 'sealgraph-.service.d/common.conf';
const UNITS = readdirSync(FOLDER).filter((name) => name.endsWith('.service'));

/** Of a hundred, what systemd thinks a process could do at the most. */
const EXPOSURE_PERCENT = 20;

/** The units as they are installed, but that Node is where it is here. */
async function install(t: Teardown): Promise<string> {
  const folder = await temporaryDirectory(t);
  cpSync(FOLDER, folder, { recursive: true });
  for (const name of UNITS) {
    const text = readFileSync(join(folder, name), 'utf8');
    writeFileSync(join(folder, name), text.replaceAll('/usr/bin/node', process.execPath));
  }
  return folder;
}

/** What systemd says of a unit. Elsewhere than on Linux there is nobody who could. */
function analyze(folder: string, unit: string, ...words: string[]): { code: number | null; said: string } {
  if (process.platform !== 'linux') return { code: 0, said: '' };
  const { status, stdout, stderr } = spawnSync(
    'systemd-analyze',
    [...words, unit.replace('@.', '@safebox.')],
    { encoding: 'utf8', env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` } },
  );
  return { code: status, said: words[0] === 'verify' ? `${stdout}${stderr}` : stdout };
}

test('systemd understands every line of its units', async (t) => {
  const folder = await install(t);
  assert.ok(UNITS.length > 3);
  for (const unit of UNITS) assert.deepEqual(analyze(folder, unit, 'verify'), { code: 0, said: '' }, unit);
});

test('a setting that systemd does not know is named, in what all units share too', async (t) => {
  if (process.platform !== 'linux') return;
  const folder = await install(t);
  const path = join(folder, COMMON);
  writeFileSync(path, readFileSync(path, 'utf8').replace('ProtectSystem=', 'ProtectSystems='));
  for (const unit of UNITS) assert.match(analyze(folder, unit, 'verify').said, /ProtectSystems/, unit);
});

test('what systemd starts may do next to nothing', async (t) => {
  const folder = await install(t);
  const words = ['security', '--no-pager', '--offline=yes', `--threshold=${EXPOSURE_PERCENT}`];
  for (const unit of UNITS) {
    const { code, said } = analyze(folder, unit, ...words);
    assert.equal(code, 0, `${unit}\n${said}`);
  }
});

test('units run commands there are, and the poller reads the settings of every provider', () => {
  const known = Object.keys(commands);
  for (const unit of UNITS) {
    const text = readFileSync(join(FOLDER, unit), 'utf8');
    const [, command = ''] = /^ExecStart=\/usr\/bin\/node dist\/bundle\/main\.js (\w+)/m.exec(text) ?? [];
    assert.ok(known.includes(command), `${unit}: ${command}`);
  }
  const poller = readFileSync(join(FOLDER, 'sealgraph-poller.service'), 'utf8');
  for (const { name } of subgraphs)
    assert.ok(poller.includes(`=-/etc/sealgraph/subgraph-${name}.env\n`), name);
});
