import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { askGraph } from '../support/sealgraph.js';

const COPIED = [
  ...['src', 'resolvers', 'subgraphs', 'scripts', 'schema'],
  ...['package.json', 'package-lock.json', 'tsconfig.json'],
  ...['src', 'resolvers', 'subgraphs', 'scripts', 'libraries', 'stamp'].map(
    (name) => `dist/compiled/${name}`,
  ),
];

test('npm run dev starts the product anew with a change, the simulators stay, and a mistake is survived', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'sealgraph-dev-'));
  t.after(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'dist'));
  for (const path of COPIED)
    if (existsSync(path)) cpSync(path, join(root, path), { recursive: true, preserveTimestamps: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));

  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/dev.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', SEALGRAPH_DATA_DIR: join(root, '.sealgraph') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const started = async (): Promise<{ url: string; simulators: string[] }> => {
    let url = '';
    const simulators: string[] = [];
    while (simulators.length < 5) {
      const { value, done } = await lines.next();
      assert.ok(done !== true, errors);
      if (value.startsWith('ready ')) url = value.slice('ready '.length);
      if (value.startsWith('simulator ')) simulators.push(value);
    }
    return { url, simulators };
  };
  const answers = async (url: string): Promise<boolean> =>
    (await askGraph(url, '{ __typename }')).status === 200;

  const first = await started();
  const file = join(root, 'src/clock.ts');
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, `${source}\n// A change.\n`);
  const second = await started();
  assert.deepEqual(second.simulators, first.simulators);
  assert.ok(await answers(second.url));

  writeFileSync(file, `${source}\nconst = ;\n`);
  while (!errors.includes('src/clock.ts')) await once(child.stderr, 'data');
  writeFileSync(file, source);
  const third = await started();
  assert.deepEqual(third.simulators, first.simulators);
  assert.ok(await answers(third.url));
});
