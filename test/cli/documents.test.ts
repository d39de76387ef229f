import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packagePath } from '../../src/package-path.js';
import { tryProgram } from '../support/run-program.js';
import { askGraph, startSealgraph } from '../support/sealgraph.js';
import { temporaryDirectory } from '../support/simulators.js';

const MAIN = packagePath('dist/bundle/main.js');

async function documents(args: readonly string[]) {
  const { status, stderr } = await tryProgram(process.execPath, [MAIN, 'documents', ...args], { env: {} });
  return { status, err: stderr.trim() };
}

const OPERATIONS = `
query Me { viewer { ...Who } }
subscription Follow($id: ID!) { twoFactorMessageChanged(id: $id) { sequence } }
`;

test('documents writes what start then lets run, and nothing else', async (t) => {
  const folder = await temporaryDirectory(t);
  const out = join(folder, 'manifest.json');
  await mkdir(join(folder, 'shared'));
  await writeFile(join(folder, 'mine.graphql'), OPERATIONS);
  await writeFile(join(folder, 'shared', 'who.graphql'), 'fragment Who on Viewer { subject }');
  assert.equal((await documents([folder, '--out', out, '--check'])).status, 1);
  assert.deepEqual(await documents([folder, '--out', out]), { status: 0, err: '' });
  assert.equal((await documents([folder, '--out', out, '--check'])).status, 0);

  const server = startSealgraph(t, ['start', '--no-console'], {
    PORT: '0',
    SEALGRAPH_DATA_DIR: folder,
    TRUSTED_DOCUMENTS: out,
  });
  const endpoint = await server.lineAfter('ready');
  const ask = async (body: object): Promise<string> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.text();
  };
  assert.match(await ask({ documentId: 'Me' }), /"subject"/);
  assert.match(
    JSON.stringify(await askGraph(endpoint, `${OPERATIONS} fragment Who on Viewer { subject }`)),
    /NOT_TRUSTED/,
  );
  assert.match(await ask({ query: '{ viewer { tenant } }' }), /DOCUMENT_NOT_TRUSTED/);
});

const REFUSED: [what: string, file: string, sentence: RegExp][] = [
  ['what does not fit the graph', 'query A { nothing }', /mine\.graphql: Cannot query field "nothing"/],
  ['what is no GraphQL', 'query A {', /mine\.graphql: Syntax Error/],
  ['fragments alone', 'fragment Who on Viewer { subject }', /no operation/],
];

test('documents refuses, in one sentence, what could not run', async (t) => {
  const folder = await temporaryDirectory(t);
  for (const [what, text, sentence] of REFUSED) {
    await writeFile(join(folder, 'mine.graphql'), text);
    const { status, err } = await documents([folder, '--out', join(folder, 'manifest.json')]);
    assert.equal(status, 2, what);
    assert.match(err, sentence);
    assert.equal(err.split('\n').length, 1);
  }
  assert.match((await documents([join(folder, 'none'), '--out', 'x'])).err, /There is no folder/);
  assert.match((await documents([folder])).err, /--out/);
  assert.match((await documents([])).err, /Name the folders/);
});

test('the manifest that is shipped holds every operation of the examples', async () => {
  const manifest = await readFile(packagePath('schema/trusted-documents.json'), 'utf8');
  for (const name of ['SendMessage', 'FollowMessage', 'AddCredential', 'SecurityOverview'])
    assert.match(manifest, new RegExp(`"name": "${name}"`));
});

test('a setting that names no manifest stops the start with one sentence', async (t) => {
  const folder = await temporaryDirectory(t);
  const file = join(folder, 'manifest.json');
  for (const text of ['', '{', '[]', '{"format":"other","version":1,"operations":[]}']) {
    await writeFile(file, text);
    const { status, stderr } = await tryProgram(process.execPath, [MAIN, 'start'], {
      env: { TRUSTED_DOCUMENTS: file, SEALGRAPH_DATA_DIR: folder },
    });
    assert.equal(status, 1);
    assert.match(stderr, /TRUSTED_DOCUMENTS names a file that is no manifest/);
  }
});
