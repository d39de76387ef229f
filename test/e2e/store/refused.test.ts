import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import { RedisServer } from '../../support/redis-server.js';
import { startSealgraph } from '../../support/sealgraph.js';
import { startSimulator, temporaryDirectory } from '../../support/simulators.js';
import { createTokenIssuer } from '../../support/token-issuer.js';

const ROLES = [['start'], ['gateway'], ['subgraph', 'messaging2fa'], ['poller', 'messaging2fa']] as const;

/** What can be wrong with a Redis, and the sentence that says so. */
const WRONG: [
  what: string,
  sentence: RegExp,
  prepare: () => Promise<{ server: RedisServer; url: string }>,
][] = [
  [
    'that is down',
    /^sealgraph: Redis, as set by REDIS_URL, could not be used within 0\.5 s \(ECONNREFUSED\)\.$/,
    async () => {
      const server = await RedisServer.prepare();
      return { server, url: server.url };
    },
  ],
  [
    'with another password',
    /^sealgraph: Redis, as set by REDIS_URL, could not be used within 0\.5 s \(WRONGPASS\)\.$/,
    async () => {
      const server = await RedisServer.start({ settings: ['--requirepass', 'right'] });
      return { server, url: server.url.replace('//', '//:wrong@') };
    },
  ],
  [
    'that holds data of a newer version',
    /^sealgraph: Redis holds data of store version 99 under sealgraph, written by a newer version of this program, which knows versions up to \d+: use that one, or another REDIS_PREFIX\.$/,
    async () => {
      const server = await RedisServer.start();
      await server.with((redis) => redis.set('sealgraph:version', '99'));
      return { server, url: server.url };
    },
  ],
  [
    'whose user may not look at it',
    /^sealgraph: The user of REDIS_URL may not use INFO; give it \+info\.$/,
    async () => {
      const server = await RedisServer.start();
      await server.with((redis) =>
        redis.call('ACL', 'SETUSER', 'blind', 'on', '>right', '~*', '&*', '+@all', '-info'),
      );
      return { server, url: server.url.replace('//', '//blind:right@') };
    },
  ],
];

for (const [what, sentence, prepare] of WRONG)
  test(`A Redis ${what} is refused by every role in one sentence, with 1, and nothing is ready.`, async (t) => {
    const simulator = await startSimulator(t, messaging2faSimulator, { stepMs: 0 });
    const { server, url } = await prepare();
    t.after(() => server.stop());
    const settings = {
      ...{ ...simulator.environment, ...createTokenIssuer().settings, PORT: '0' },
      GATEWAY_SECRET: randomBytes(32).toString('hex'),
      VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
      REDIS_URL: url,
      REDIS_WAIT_MS: '500',
      LOG_LEVEL: 'warn',
    };
    for (const role of ROLES) {
      const elsewhere = role[0] === 'gateway' && { MESSAGING2FA_SUBGRAPH_URL: 'http://127.0.0.1:1/graphql' };
      const started = startSealgraph(t, role, { ...settings, ...elsewhere });
      assert.equal(await started.exited, 1, role.join(' '));
      const sentences = started.errors().match(/^sealgraph: .*$/gm) ?? [];
      assert.equal(sentences.length, 1, `${role.join(' ')}: ${started.errors()}`);
      assert.doesNotMatch(started.errors(), /^ +at /m, role.join(' '));
      assert.match(sentences[0] ?? '', sentence, role.join(' '));
      assert.doesNotMatch(started.errors(), /wrong|127\.0\.0\.1/, role.join(' '));
      assert.deepEqual(started.lines, [], role.join(' '));
    }
  });
