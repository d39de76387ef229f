import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionFacts } from '../../src/operate/version.js';
import { packagePath } from '../../src/package-path.js';
import { tryProgram } from '../support/run-program.js';
import { askGraph, startSealgraph } from '../support/sealgraph.js';
import { temporaryDirectory } from '../support/simulators.js';
import { createTokenIssuer } from '../support/token-issuer.js';

const MAIN = packagePath('dist/bundle/main.js');

async function sealgraph(
  args: readonly string[],
  env: Record<string, string> = {},
  node: readonly string[] = [],
) {
  const { status, stdout, stderr } = await tryProgram(process.execPath, [...node, MAIN, ...args], { env });
  return { status, out: stdout.toString().trim(), err: stderr.trim() };
}

test('--version prints the version, and that of the graph, as /version has it', async () => {
  const { status, out } = await sealgraph(['--version']);
  assert.equal(status, 0);
  const { version, graph } = versionFacts();
  assert.equal(out, `${version} (graph ${graph})`);
});

for (const version of ['18.20.4', '20.18.3', '16.0.0']) {
  test(`Node ${version} is told in one sentence which is needed`, async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
    const { status, err, out } = await sealgraph(['--version'], {}, [
      '--import',
      `data:text/javascript,${encodeURIComponent(pretend)}`,
    ]);
    assert.deepEqual([status, out], [1, '']);
    assert.equal(err, `sealgraph: Node 20.19 or newer is needed; this is ${version}.`);
  });
}

test('token makes what a server with the same secret accepts, for this subject, tenant and these scopes', async (t) => {
  const { settings } = createTokenIssuer();
  const { out: token } = await sealgraph(
    [
      'token',
      '--subject',
      'ann',
      '--tenant',
      'acme',
      '--scopes',
      'messaging2fa:read, xqkeys:read',
      '--minutes',
      '5',
    ],
    settings,
  );
  const server = startSealgraph(t, ['start'], {
    ...{ PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t) },
    ...settings,
  });
  const { data } = await askGraph<{ viewer: unknown }>(
    await server.lineAfter('ready'),
    '{ viewer { subject tenant scopes } }',
    {},
    { authorization: `Bearer ${token}` },
  );
  assert.deepEqual(data.viewer, {
    subject: 'ann',
    tenant: 'acme',
    scopes: ['messaging2fa:read', 'xqkeys:read'],
  });
});

const refused: [why: string, args: string[], hasSecret: boolean, sentence: RegExp][] = [
  ['without a subject', [], true, /--subject/],
  ['without a secret', ['--subject', 'ann'], false, /JWT_SECRET is not set/],
  ['for no time', ['--subject', 'ann', '--minutes', '0'], true, /--minutes must be/],
  ['for ever', ['--subject', 'ann', '--minutes', '1000000'], true, /--minutes must be/],
];
for (const [why, args, hasSecret, sentence] of refused) {
  test(`token ${why} is refused with one sentence`, async () => {
    const { status, out, err } = await sealgraph(
      ['token', ...args],
      hasSecret ? createTokenIssuer().settings : {},
    );
    assert.notEqual(status, 0);
    assert.equal(out, '');
    assert.match(err, sentence);
    assert.equal(err.split('\n').length, 1);
  });
}

test('token warns of a scope that nothing needs, and names those there are', async () => {
  const asked = ['token', '--subject', 'ann', '--scopes', 'bogus:read xqkeys:read'];
  const { status, out, err } = await sealgraph(asked, createTokenIssuer().settings);
  assert.deepEqual([status, out.split('.').length], [0, 3]);
  assert.match(
    err,
    /^sealgraph: no field needs bogus:read; the scopes are guardcrypto:admin, .*xqkeys:write\.$/,
  );
});

test('simulate moves the simulators of the sandbox that runs on the same data, and says what there is', async (t) => {
  const env = { PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t) };
  const before = await sealgraph(['simulate', 'messaging2fa', 'time'], env);
  assert.match(before.err, /No sandbox runs/);
  const server = startSealgraph(t, ['start'], env);
  await server.lineAfter('ready');

  const time = async (): Promise<number> =>
    Date.parse(String(JSON.parse((await sealgraph(['simulate', 'messaging2fa', 'time'], env)).out)));
  const hour = 3_600_000;
  const earlier = await time();
  assert.equal(
    (await sealgraph(['simulate', 'messaging2fa', 'advanceClock', `{"ms":${hour}}`], env)).status,
    0,
  );
  assert.ok((await time()) - earlier >= hour);

  const wrong = await sealgraph(['simulate', 'messaging2fa', 'advanceClock', '{"ms":"soon"}'], env);
  assert.equal(wrong.status, 1);
  assert.match(wrong.out, /ms/);
  const broken = await sealgraph(['simulate', 'messaging2fa', 'advanceClock', '{"ms":'], env);
  assert.deepEqual([broken.status, JSON.parse(broken.out)], [1, { error: 'what it is given is not JSON' }]);
  assert.match((await sealgraph(['simulate', 'messaging2fa', 'dance'], env)).err, /setStatus.*messages/);
  assert.match((await sealgraph(['simulate', 'nobody'], env)).err, /guardcrypto, messaging2fa/);

  await server.end('SIGTERM');
  assert.match((await sealgraph(['simulate', 'messaging2fa', 'time'], env)).err, /No sandbox runs/);
});
