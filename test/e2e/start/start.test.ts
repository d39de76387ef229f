import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { packagePath } from '../../../src/package-path.js';
import { freePort } from '../../support/free-port.js';
import { askGraph, startSealgraph } from '../../support/sealgraph.js';
import { temporaryDirectory } from '../../support/simulators.js';

const SEND =
  'mutation { sendTwoFactorMessage(input: { recipients: ["bela@example.test"], subject: "kept" }) { twoFactorMessage { id } } }';
const READ = 'query ($id: ID!) { twoFactorMessage(id: $id) { subject } }';

interface Sent {
  readonly sendTwoFactorMessage: { readonly twoFactorMessage: { readonly id: string } };
}

test('start says where it listens and what to try, answers, and ends cleanly with SIGINT', async (t) => {
  const dir = await temporaryDirectory(t);
  const sealgraph = startSealgraph(t, ['start'], { PORT: '0', SEALGRAPH_DATA_DIR: dir });
  const url = await sealgraph.lineAfter('ready');
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
  assert.deepEqual((await askGraph(url, '{ __typename }')).data, { __typename: 'Query' });
  const printed = sealgraph.lines.join('\n');
  assert.match(printed, /console: http/);
  assert.match(printed, /graphiql: http/);
  assert.equal(sealgraph.lines.filter((line) => /^ {2}\d\. /.test(line)).length, 3, 'three things to try');
  assert.equal((await fetch(new URL('/health/live', url))).status, 200);
  assert.equal((await fetch(new URL('/health/ready', url))).status, 200);
  assert.equal(await sealgraph.end('SIGINT'), 0);
  assert.equal(sealgraph.errors(), '');
});

test('a second start finds its data again, and --fresh begins anew', async (t) => {
  const dir = await temporaryDirectory(t);
  const settings = { PORT: '0', SEALGRAPH_DATA_DIR: dir };
  const first = startSealgraph(t, ['start'], settings);
  const { data } = await askGraph<Sent>(await first.lineAfter('ready'), SEND);
  const { id } = data.sendTwoFactorMessage.twoFactorMessage;
  assert.equal(await first.end('SIGTERM'), 0);

  const second = startSealgraph(t, ['start'], settings);
  const again = await askGraph(await second.lineAfter('ready'), READ, { id });
  assert.deepEqual(again.data, { twoFactorMessage: { subject: 'kept' } });
  assert.equal(await second.end('SIGTERM'), 0);

  const fresh = startSealgraph(t, ['start', '--fresh'], settings);
  const gone = await askGraph(await fresh.lineAfter('ready'), READ, { id });
  assert.deepEqual(gone.data, { twoFactorMessage: null });
  assert.equal(await fresh.end('SIGTERM'), 0);
});

test('a second process on the same data is refused with one sentence', async (t) => {
  const dir = await temporaryDirectory(t);
  const settings = { PORT: '0', SEALGRAPH_DATA_DIR: dir };
  const first = startSealgraph(t, ['start'], settings);
  await first.lineAfter('ready');
  const second = startSealgraph(t, ['start'], settings);
  assert.equal(await second.exited, 1);
  assert.match(second.errors(), /^sealgraph: .* is in use by another process[^\n]*\n$/);
});

test('a port that is taken is refused with one sentence', async (t) => {
  const first = startSealgraph(t, ['start'], { PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t) });
  const { port } = new URL(await first.lineAfter('ready'));
  const second = startSealgraph(t, ['start'], {
    PORT: port,
    SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
  });
  assert.equal(await second.exited, 1);
  assert.equal(second.errors(), `sealgraph: PORT is ${port}, which another process listens on.\n`);
});

const takenPorts: [name: string, later: number, told: (port: number) => string][] = [
  ['first', 0, (port) => `is ${port}, which another process listens on`],
  ['last', 4, (port) => `is ${port}, but another process listens on ${port + 4}, one of those that follow`],
  [
    'control',
    11,
    (port) => `is ${port}, but another process listens on ${port + 11}, one of those that follow`,
  ],
];
for (const [name, later, told] of takenPorts) {
  test(`the ${name} port of the simulators that is taken is refused with one sentence`, async (t) => {
    const port = await freePort(15);
    const stranger = createServer().listen(port + later, '127.0.0.1');
    await once(stranger, 'listening');
    t.after(() => stranger.close());
    const sealgraph = startSealgraph(t, ['start'], {
      ...{ PORT: '0', SEALGRAPH_DATA_DIR: await temporaryDirectory(t), SIMULATORS_PORT: String(port) },
    });
    assert.equal(await sealgraph.exited, 1);
    assert.equal(sealgraph.errors(), `sealgraph: SIMULATORS_PORT ${told(port)}.\n`);
  });
}

test('the port of a simulator alone that is taken is refused with one sentence', async (t) => {
  const stranger = createServer().listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  t.after(() => stranger.close());
  const { port } = z.object({ port: z.number() }).parse(stranger.address());
  const dir = await temporaryDirectory(t);
  const simulator = startSealgraph(t, ['simulator', 'xqkeys', '--port', String(port), '--dir', dir], {});
  assert.equal(await simulator.exited, 1);
  assert.equal(simulator.errors(), `sealgraph: --port is ${port}, which another process listens on.\n`);
});

const refused: [
  why: string,
  args: string[],
  settings: Record<string, string>,
  code: number,
  sentence: RegExp,
][] = [
  ['a port that is none', ['start'], { PORT: 'eighty' }, 1, /^sealgraph: PORT must be a whole number/],
  ['the demo caller on an open address', ['start'], { HOST: '0.0.0.0' }, 1, /JWT_JWKS_URL is not set/],
  [
    'a real provider without tokens for callers',
    ['start'],
    { MESSAGING2FA_CERT_FILE: '/nowhere/cert.pem', MESSAGING2FA_KEY_FILE: '/nowhere/key.pem' },
    1,
    /JWT_JWKS_URL is not set/,
  ],
  [
    'half a provider',
    ['start'],
    { MESSAGING2FA_CERT_FILE: '/nowhere/cert.pem' },
    1,
    /MESSAGING2FA_KEY_FILE is not set/,
  ],
  ['an unknown command', ['dance'], {}, 2, /There is no command dance/],
  ['an unknown option', ['start', '--faster'], {}, 2, /--faster/],
  [
    'an unknown subgraph',
    ['subgraph', 'nothing'],
    {},
    2,
    /Name one subgraph: guardcrypto, messaging2fa, safebox, vipidentity, xqkeys/,
  ],
  ['a poller without Redis', ['poller'], {}, 1, /REDIS_URL is not set/],
  ['a gateway without subgraphs', ['gateway'], {}, 1, /_SUBGRAPH_URL is not set/],
  [
    'a remote subgraph without a secret',
    ['gateway'],
    { MESSAGING2FA_SUBGRAPH_URL: 'http://127.0.0.1:1/graphql' },
    1,
    /GATEWAY_SECRET is not set/,
  ],
];
for (const [why, args, settings, code, sentence] of refused) {
  test(`${why} is refused with one sentence that names it, and nothing is started or kept`, async (t) => {
    const dir = join(await temporaryDirectory(t), 'data');
    const sealgraph = startSealgraph(t, args, { SEALGRAPH_DATA_DIR: dir, PORT: '0', ...settings });
    assert.equal(await sealgraph.exited, code);
    assert.match(sealgraph.errors(), sentence);
    assert.equal(sealgraph.errors().trim().split('\n').length, 1);
    assert.deepEqual(sealgraph.lines, []);
    assert.equal(existsSync(dir), false);
  });
}

test('--help names every command, and each command has its own', async (t) => {
  const all = startSealgraph(t, ['--help'], {});
  assert.equal(await all.exited, 0);
  for (const command of ['start', 'gateway', 'subgraph', 'poller', 'simulator', 'compose', 'doctor']) {
    assert.match(all.lines.join('\n'), new RegExp(`^ {2}${command}\\b`, 'm'));
    const one = startSealgraph(t, [command, '--help'], {});
    assert.equal(await one.exited, 0);
    assert.match(one.lines[0] ?? '', new RegExp(`^usage: sealgraph ${command}`));
  }
});

const FIND = '{ vipUser(userId: "hana+approve@example.com") { isPinSet bindingCount } }';

test('--seed plants what its file says, once, and says what is wrong with a file', async (t) => {
  const dir = await temporaryDirectory(t);
  const settings = { PORT: '0', SEALGRAPH_DATA_DIR: dir };
  const seed = ['--seed', packagePath('examples/seed.json')];
  for (const start of [['start', ...seed], ['start', ...seed], ['start']]) {
    const sealgraph = startSealgraph(t, start, settings);
    const { data } = await askGraph<{ vipUser: unknown }>(await sealgraph.lineAfter('ready'), FIND);
    assert.deepEqual(data.vipUser, { isPinSet: true, bindingCount: 1 });
    assert.equal(await sealgraph.end('SIGTERM'), 0);
  }

  const refused = async (content: unknown): Promise<string> => {
    const file = join(dir, 'seed.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    const sealgraph = startSealgraph(t, ['start', '--fresh', '--seed', file], settings);
    assert.equal(await sealgraph.exited, 2);
    return sealgraph.errors();
  };
  assert.match(await refused('{'), /^sealgraph: .*seed\.json must be a JSON file that can be read\.\n$/);
  assert.match(await refused({ safebox: {} }), /must hold lists of verbs by simulator/);
  assert.match(await refused({ safe: [{ reset: {} }] }), /: there is no simulator safe; there are .*safebox/);
  assert.match(await refused({ nobody: [] }), /: there is no simulator nobody; /);
  assert.match(
    await refused({ safebox: [{ open: {} }] }),
    /: safebox\[0\]\.open: safebox can do: .*createBoxes/,
  );
  const late = { xqkeys: [{ createKeys: { count: 1 } }, { createKeys: { count: 'x' } }] };
  assert.match(await refused(late), /: xqkeys\[1\]\.createKeys: .*count.* Begin anew with --fresh\.\n$/);
});
