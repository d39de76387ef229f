import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { before, describe, it, after } from 'node:test';
import { assemblePackage } from '../../scripts/package/assemble.js';
import { packagePath } from '../../src/package-path.js';
import { runProgram, tryProgram } from '../support/run-program.js';
import { askGraph, startSealgraph } from '../support/sealgraph.js';
import { temporaryDirectory, type Teardown } from '../support/simulators.js';

/** What `npm ci` has brought here is taken from npm's cache; the rest, lists of versions, is asked for. */
const NPM = { HOME: process.env['HOME'] ?? '', npm_config_prefer_offline: 'true', npm_config_audit: 'false' };
const MIB = 1024 * 1024;

const ends: (() => Promise<void>)[] = [];
const wholeFile: Teardown = { after: (end) => ends.unshift(end) };
after(async () => {
  for (const end of ends) await end();
});

/** Where somebody has installed it. */
let home: string;
let tarball: string;

before(async () => {
  const directory = await temporaryDirectory(wholeFile);
  const folder = join(directory, 'package');
  assemblePackage(folder);
  const [packed = ''] = (
    await runProgram('npm', ['pack', '--silent', '--pack-destination', directory], { cwd: folder, env: NPM })
  )
    .toString()
    .trim()
    .split('\n')
    .slice(-1);
  tarball = join(directory, packed);
  home = join(directory, 'home');
  await mkdir(home);
  await runProgram('npm', ['init', '--yes'], { cwd: home, env: NPM });
  await runProgram('npm', ['install', '--no-fund', tarball], { cwd: home, env: NPM });
});

const installed = (path: string): string => join(home, 'node_modules/sealgraph', path);

describe('the package, installed in an empty folder', () => {
  it('runs as `npx sealgraph`, answers a query and tells an event', async (t) => {
    const { status, stdout } = await tryProgram('npx', ['--no-install', 'sealgraph', '--version'], {
      cwd: home,
      env: NPM,
    });
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    assert.deepEqual([status, stdout.toString().split(' ')[0]], [0, version]);

    const sealgraph = startSealgraph(
      t,
      ['start'],
      { PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t) },
      { program: [installed('dist/bundle/main.js')], directory: home },
    );
    const url = await sealgraph.lineAfter('ready');
    const { data } = await askGraph<{ sendTwoFactorMessage: { twoFactorMessage: { id: string } } }>(
      url,
      'mutation { sendTwoFactorMessage(input: { recipients: ["approve@example.test"] }) { twoFactorMessage { id } } }',
    );
    const { id } = data.sendTwoFactorMessage.twoFactorMessage;
    const events = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        query: 'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { sequence isTerminal } }',
        variables: { id },
      }),
    });
    const text = await events.text();
    assert.match(text, /"sequence":1,"isTerminal":false/);
    assert.match(text, /"isTerminal":true/);
    assert.equal((await fetch(new URL('/', url))).status, 200, 'the console');
    const crypto = await askGraph<unknown>(
      url,
      'query { inspectPgpKey(input: { key: "none" }) { problem { code } } }',
    );
    assert.match(JSON.stringify(crypto), /INVALID_INPUT/, 'a thread has read it');
    assert.equal(await sealgraph.end('SIGTERM'), 0);
    assert.equal(sealgraph.errors(), '');
  });

  it('brings a client, hooks and simulators to import, with types that need nothing else', async () => {
    const use = `
      import { createClient } from 'sealgraph/client';
      import { startSimulator } from 'sealgraph/testing';
      const simulator = await startSimulator('xqkeys', { seed: 1 });
      const made: unknown = await simulator.control.tell('createKeys', { count: 1 });
      await simulator.stop();
      const client = createClient({ url: 'http://127.0.0.1:1/graphql' });
      const code = await client.request('{ __typename }', {}).then(() => 'none', (error: { code: string }) => error.code);
      console.log(JSON.stringify(made).length > 40, code);
    `;
    await writeFile(join(home, 'use.mts'), use);
    const strict = [
      '--strict',
      '--noEmit',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--lib',
      'es2023,dom,esnext.disposable',
    ];
    await runProgram(
      process.execPath,
      [packagePath('node_modules/typescript/bin/tsc'), 'use.mts', ...strict],
      { cwd: home },
    );
    await writeFile(join(home, 'use.mjs'), use.replaceAll(/: (unknown|\{ code: string \})/g, ''));
    const { stdout } = await tryProgram(process.execPath, ['use.mjs'], { cwd: home });
    assert.equal(stdout.toString(), 'true NETWORK\n');
  });

  it('is small, builds nothing, and brings no native part twice', async () => {
    const sizes = await runProgram('du', ['-sk', 'node_modules'], { cwd: home });
    const bytes = Number(sizes.toString().split('\t')[0]) * 1024;
    assert.ok(bytes > 10 * MIB && bytes < 70 * MIB, `${Math.round(bytes / MIB)} MiB`);
    const lock = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>;
    };
    const scripts = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
    assert.deepEqual(scripts, []);
    const natives = await runProgram('find', ['node_modules/@libsql', '-name', '*.node'], { cwd: home });
    assert.equal(natives.toString().trim().split('\n').length, 1);
  });

  it('holds its licence, the graph, and a bill of its materials', () => {
    assert.equal(readFileSync(installed('LICENSE'), 'utf8'), readFileSync('LICENSE', 'utf8'));
    assert.equal(
      readFileSync(installed('schema/api.graphql'), 'utf8'),
      readFileSync('schema/api.graphql', 'utf8'),
    );
  });

  it('tells every package that something in it comes from, with its licence', () => {
    const bill = JSON.parse(readFileSync(installed('sbom.cdx.json'), 'utf8')) as {
      bomFormat: string;
      metadata: { component: { name: string; properties: unknown[] } };
      components: { name: string; group?: string; version: string }[];
    };
    assert.equal(bill.bomFormat, 'CycloneDX');
    assert.deepEqual([bill.metadata.component.name, bill.metadata.component.properties], ['sealgraph', []]);
    const told = new Set(
      bill.components.map(
        ({ group, name, version }) => `${[group, name].filter(Boolean).join('/')} ${version}`,
      ),
    );
    const names = [...told].map((one) => one.split(' ')[0]);
    for (const name of ['graphql', 'ioredis', 'openpgp', '@apollo/server', 'graphql-ws'])
      assert.ok(names.includes(name), name);
    for (const name of ['graphiql', 'react-dom', 'preact'])
      assert.ok(names.includes(name), `${name}, of the pages`);
    assert.ok(!names.includes('typescript'));
    // Whatever npm has brought beside it, but itself.
    const lock = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    for (const [path, { version }] of Object.entries(lock.packages)) {
      const [, name = 'sealgraph'] = /^node_modules\/(.*)$/.exec(path) ?? [];
      assert.ok(name === 'sealgraph' || told.has(`${name} ${version}`), `${name} ${version}`);
    }
    const licences = readFileSync(installed('THIRD_PARTY_LICENSES'), 'utf8');
    for (const name of ['graphiql', 'react-dom', 'preact', 'graphql-ws', 'ioredis'])
      assert.match(licences, new RegExp(`^${name} [\\d.]+: MIT$`, 'm'));
    assert.match(licences, /Copyright \(c\) Meta Platforms/);
    assert.doesNotMatch(licences, /no licence named/);
    const rule = `${'='.repeat(80)}\n`;
    const [, ...sections] = licences.split(new RegExp(`${rule}(?=[^\\n]+\\n=)`));
    assert.ok(sections.length > 300);
    for (const section of sections)
      assert.match(section, /(permi[ts]|grant|licen[cs]e)[^]{200}/i, `no text: ${section.slice(0, 80)}`);
    // Fonts would come with licences that no package names.
    const styles = readdirSync(installed('dist/pages')).filter((file) => file.endsWith('.css'));
    for (const file of styles)
      assert.doesNotMatch(readFileSync(installed(`dist/pages/${file}`), 'utf8'), /@font-face/);
  });

  it('has all that its pages lead to', () => {
    const pages = readdirSync(installed('.'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.md'),
    );
    assert.ok(pages.includes('README.md') && pages.includes('docs/client.md'));
    const dead = pages.flatMap((page) =>
      linksOf(readFileSync(installed(page), 'utf8'))
        .filter((link) => !existsSync(installed(join(dirname(page), link))))
        .map((link) => `${page}: ${link}`),
    );
    assert.deepEqual(dead, []);
  });
});

/** The files of the package that a page leads to or shows. */
function linksOf(page: string): string[] {
  return [...page.matchAll(/(?:\]\(|(?:src|srcset|href)=")([^)"#\s]+)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^([a-z]+:|\/)/.test(link));
}
