import assert from 'node:assert/strict';
import { chmod, cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { readDockerfile } from '../e2e/compose/compose-file.js';
import { askGraph, startSealgraph } from '../support/sealgraph.js';
import { runProgram } from '../support/run-program.js';
import { temporaryDirectory } from '../support/simulators.js';

/** An instruction of the Dockerfile, whole. */
type Instruction = readonly [word: string, rest: string];

/** Whom containers run as: somebody with no right to anything. */
const NOBODY = 65_534;

it('the commands of the Dockerfile make an image that runs for nobody in particular, and writes nowhere but in its data', async (t) => {
  const root = await temporaryDirectory(t);
  await chmod(root, 0o755);
  const [build = [], image = []] = await readStages();
  const built = join(root, 'build');
  await perform(build, built, process.cwd());
  const tree = join(root, 'image');
  await perform(image, tree, built);

  const data = join(root, 'data');
  await mkdir(data, { mode: 0o777 });
  await chmod(data, 0o777);
  await runProgram('chmod', ['-R', 'a-w', join(tree, 'app')]);
  const { entrypoint, environment, healthcheck } = readDockerfile();
  const [, ...program] = entrypoint;
  const isRoot = process.getuid?.() === 0;
  const container = startSealgraph(
    t,
    ['start'],
    { ...environment, HOST: '127.0.0.1', PORT: '0', SEALGRAPH_DATA_DIR: data },
    { program, directory: join(tree, 'app'), ...(isRoot && { uid: NOBODY }) },
  );
  const url = await container.lineAfter('ready');
  assert.deepEqual((await askGraph(url, '{ __typename }')).data, { __typename: 'Query' });
  const [command = '', ...args] = healthcheck;
  await runProgram(command, args, { env: { PORT: new URL(url).port } });
  assert.equal(await container.end('SIGTERM'), 0);
  assert.equal(container.errors(), '');
});

async function readStages(): Promise<Instruction[][]> {
  const text = (await readFile('Dockerfile', 'utf8')).replaceAll('\\\n', ' ');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\S+) +(.*)$/.exec(line) ?? [];
    if (word === 'FROM') stages.push([]);
    else stages.at(-1)?.push([word, rest]);
  }
  return stages;
}

/** Does what an image builder would: paths are below `root`, and what is copied comes from `from`. */
async function perform(stage: readonly Instruction[], root: string, from: string): Promise<void> {
  let directory = root;
  for (const [word, rest] of stage) {
    if (word === 'WORKDIR') {
      directory = join(root, rest);
      await mkdir(directory, { recursive: true });
    }
    if (word === 'COPY') await copy(rest.split(/ +/), directory, from);
    // What belongs to whom in the image is for root alone to say.
    if (word === 'RUN' && !/chown/.test(rest))
      await runProgram('sh', ['-ec', rest], {
        cwd: directory,
        env: { HOME: process.env['HOME'] ?? '', npm_config_prefer_offline: 'true' },
      });
  }
}

async function copy(words: readonly string[], directory: string, from: string): Promise<void> {
  const [source = '', ...more] = words;
  if (source.startsWith('--from=')) {
    const [path = '', target = ''] = more;
    return cp(join(from, path), join(directory, target), { recursive: true });
  }
  const sources = words.slice(0, -1);
  const target = words.at(-1) ?? '';
  for (const path of (await Promise.all(sources.map(context))).flat())
    await cp(path, join(directory, target, path), { recursive: true });
}

/** What an image builder is given of a path: nothing that .dockerignore leaves out. */
async function context(source: string): Promise<string[]> {
  const [all, ...kept] = (await readFile('.dockerignore', 'utf8')).trim().split('\n');
  assert.equal(all, '*');
  const given = kept.map((line) => line.replace(/^!/, ''));
  if (source !== '.') {
    assert.ok(given.includes(source), `${source} is not in the context`);
    return [source];
  }
  const here = await readdir('.');
  return given.filter((path) => here.includes(path));
}
