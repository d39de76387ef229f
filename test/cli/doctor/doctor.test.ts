import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { diagnose } from '../../../src/cli/doctor/diagnose.js';
import type { Finding } from '../../../src/cli/doctor/finding.js';
import { systemClock } from '../../../src/clock.js';
import { isTuning } from '../../../src/config/fields.js';
import { subgraphs } from '../../../subgraphs/index.js';
import { startSealgraph } from '../../support/sealgraph.js';
import { startHealthy } from './healthy.js';
import { mixedUpRows } from './mixed-up-rows.js';
import { ownRows } from './own-rows.js';
import { redisUser, written, type Change } from './row.js';
import { surroundingRows } from './surrounding-rows.js';

const healthy = await startHealthy({ after });

const CHECKS = 13;

test('a deployment with which nothing is wrong is said to be in order, check by check', async () => {
  const { findings, isSandbox } = await diagnose(healthy.environment);
  assert.deepEqual(
    findings.filter(({ level }) => level !== 'ok'),
    [],
  );
  assert.equal(new Set(findings.map(({ check }) => check)).size, CHECKS);
  assert.equal(isSandbox, false);
});

for (const { name, change, aheadMs = 0, expected } of [...ownRows, ...surroundingRows, ...mixedUpRows]) {
  test(`the doctor names ${name}, and looks at everything else all the same`, async (t) => {
    const environment = { ...healthy.environment, ...(await change?.(healthy, t)) };
    const clock = { ...systemClock, now: () => Date.now() + aheadMs };
    const { findings } = await diagnose(environment, clock);
    for (const [level, setting, message] of expected) {
      const found = findings.filter((finding) => finding.level === level && finding.setting === setting);
      assert(
        found.some((finding) => message.test(finding.message ?? '')),
        `${level} ${setting} ${message}\nin ${JSON.stringify(findings, undefined, 1)}`,
      );
    }
    const bad = new Set(findings.filter(({ level }) => level !== 'ok').map(({ setting }) => setting));
    if (aheadMs === 0) assert.deepEqual(bad, new Set(expected.map(([, setting]) => setting)));
    assert(findings.some(({ check, level }) => check === 'the subgraphs compose' && level === 'ok'));
    // What hangs on a part that cannot be read is left out, no more.
    assert(new Set(findings.map(({ check }) => check)).size >= CHECKS - 2);
  });
}

test('each account of a tenant is tried for itself, and what is wrong with one is said of that one', async () => {
  const { settings } = subgraphs.find(({ name }) => name === 'xqkeys') ?? assert.fail();
  const isOfAccount = ([name]: [string, string | undefined]): boolean =>
    Object.hasOwn(settings, name) && !isTuning(settings[name]);
  const entries = Object.entries(healthy.environment);
  const account = Object.fromEntries(entries.filter(isOfAccount));
  const environment = {
    ...Object.fromEntries(entries.filter((entry) => !isOfAccount(entry))),
    PROVIDER_ACCOUNTS_FILE: written(
      healthy,
      'accounts.json',
      JSON.stringify({
        acme: account,
        globex: { ...account, XQKEYS_API_KEY: 'guessed-secret' },
        initech: {},
      }),
    ),
  };
  const { findings } = await diagnose(environment);
  const rows = findings.filter(({ check }) => check.startsWith('provider xqkeys'));
  // The key is tried at each of the services.
  assert.deepEqual(
    new Set(rows.map(({ check, level, setting }) => `${level} ${check} ${setting}`)),
    new Set(['ok provider xqkeys of acme null', 'failure provider xqkeys of globex XQKEYS_API_KEY']),
  );
  assert.deepEqual(
    findings.filter(({ level, check }) => level !== 'ok' && !check.startsWith('provider xqkeys')),
    [],
  );
  assert.doesNotMatch(JSON.stringify(findings), /guessed-secret/);
});

test('a subgraph service is asked with the secret, and another secret is named', async (t) => {
  const secret = 'gateway-secret-of-32-characters!';
  const { environment } = healthy;
  const service = startSealgraph(t, ['subgraph', 'messaging2fa'], {
    ...defined(environment),
    GATEWAY_SECRET: secret,
  });
  const MESSAGING2FA_SUBGRAPH_URL = await service.lineAfter('ready');
  const check = async (GATEWAY_SECRET: string) => {
    const { findings } = await diagnose({ ...environment, GATEWAY_SECRET, MESSAGING2FA_SUBGRAPH_URL });
    return findings.find((finding) => finding.check === 'subgraph messaging2fa');
  };
  assert.equal((await check(secret))?.level, 'ok');
  assert.equal((await check('another'.repeat(8)))?.setting, 'GATEWAY_SECRET');
});

test('the command prints a line per finding, and exits with 0, 1 and 3 for well, wrong and doubtful', async (t) => {
  const run = async (change: Change, ...options: string[]) => {
    const process = startSealgraph(t, ['doctor', ...options], defined({ ...healthy.environment, ...change }));
    return { code: await process.exited, text: process.lines.join('\n') };
  };
  const well = await run({});
  assert.equal(well.code, 0, well.text);
  assert.match(well.text, /^ok {4}provider vipidentity$/m);
  const doubtful = await run({ LOGLEVEL: 'info' }, '--json');
  assert.equal(doubtful.code, 3);
  const { level, findings } = JSON.parse(doubtful.text) as { level: string; findings: Finding[] };
  assert.equal(level, 'warning');
  assert(findings.some(({ setting }) => setting === 'LOGLEVEL'));
  const wrong = await run({ XQKEYS_API_KEY: 'guessed-secret', VAULT_KEYS: 'k1:guessed-secret' });
  assert.equal(wrong.code, 1);
  assert.match(wrong.text, /^FAIL {2}provider xqkeys: XQKEYS_API_KEY: the provider does not accept it/m);
  assert.doesNotMatch(wrong.text, /guessed-secret/);
  assert.equal((await run({}, '--yaml')).code, 2);
});

function defined(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

test('nothing but findings is printed, whatever the library that speaks to Redis thinks of it', async (t) => {
  const change = await redisUser(t, '+@all -info');
  const process = startSealgraph(t, ['doctor'], defined({ ...healthy.environment, ...change }));
  assert.equal(await process.exited, 1);
  assert.doesNotMatch(`${process.errors()}\n${process.lines.join('\n')}`, /ready check|ioredis/i);
});
