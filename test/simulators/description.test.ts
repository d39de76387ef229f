import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { describeSimulator, simulators } from '../../src/simulators/index.js';
import { startSimulator } from '../support/simulators.js';

const ROOT = process.cwd();
const run = promisify(execFile);
const nameOnly = ({ name }: { readonly name: string }): string => name;

const overviewSchema = z.object({ get: z.array(z.string()), post: z.record(z.string(), z.unknown()) });

test('describing a simulator starts nothing and leaves nothing on disk', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-describe-'));
  process.chdir(dir);
  t.after(async () => {
    process.chdir(ROOT);
    await rm(dir, { recursive: true });
  });
  for (const name of simulators.keys()) describeSimulator(name);
  assert.deepEqual(await readdir(dir), []);
  assert.equal(describeSimulator('nobody'), undefined);
});

for (const [name, definition] of simulators) {
  test(`${name}: what is described is what there is`, async (t) => {
    const { about, operations, verbs, nouns } = definition.describe();
    const simulator = await startSimulator(t, definition);
    const answer = await fetch(simulator.controlUrl);
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
    const overview = overviewSchema.parse(await answer.json());
    assert.deepEqual(Object.keys(overview.post).sort(), verbs.map((verb) => `/${verb.name}`).sort());
    assert.deepEqual(overview.get.sort(), nouns.map((noun) => `/${noun.name}`).sort());
    for (const { description } of [...verbs, ...nouns]) assert.match(description, /^[A-Z].{10,}\.$/s);
    assert.match(about, /^.{40,}\.$/s);
    const names = operations.map(nameOnly);
    assert.equal(new Set(names).size, names.length);
    for (const { method, path } of operations) assert.match(`${method} ${path}`, /^[A-Z|]+ \//);
    for (const verb of ['advanceClock', 'injectFault', 'clearFaults', 'resetCalls'])
      assert.ok(verbs.map(nameOnly).includes(verb), verb);
    for (const noun of ['time', 'calls']) assert.ok(nouns.map(nameOnly).includes(noun), noun);
  });
}

test('--help of a simulator says its operations, and what its control interface takes and shows', async () => {
  const help = async (...words: string[]): Promise<string> => {
    const argv = ['--import', 'tsx', 'src/main.ts', 'simulator', ...words];
    return (await run(process.execPath, argv, { cwd: ROOT })).stdout;
  };
  const text = await help('--port', '4000', 'messaging2fa', '--help');
  assert.match(text, /^usage: sealgraph simulator/);
  assert.match(text, /^ {2}sendMessage +POST \/frontend\/messages$/m);
  assert.match(text, /^ {2}setStatus \{ messageId, userId, status: PENDING\|.*\}\n {6}What a phone/m);
  assert.match(text, /^ {2}resetCalls\n/m);
  assert.match(text, /^ {2}messages\n/m);
  assert.match(await help('--help'), /^Simulators: guardcrypto, .*xqkeys$/m);
  await assert.rejects(help('nobody', '--help'), { code: 2 });
});
