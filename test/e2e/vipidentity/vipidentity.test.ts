import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import type { VipidentityControl } from '../../../src/simulators/vipidentity/control.js';
import { vipidentitySimulator } from '../../../src/simulators/vipidentity/simulator.js';
import type { Simulator } from '../../../src/simulators/kit/simulator.js';
import { followOverWebSocket } from '../../support/follow.js';
import { RedisServer } from '../../support/redis-server.js';
import { askGraph, startSealgraph } from '../../support/sealgraph.js';
import { startSimulator, temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';
import { createTokenIssuer } from '../../support/token-issuer.js';

const PUSH =
  'mutation ($input: PushVipUserInput!) { pushVipUser(input: $input) { vipPush { id transactionId state } problem { code } } }';
const CHANGED = /* GraphQL */ `
  subscription ($id: ID!, $after: String) {
    vipPushChanged(transactionId: $id, after: $after) {
      cursor
      sequence
      isTerminal
      vipPush {
        state
        isApproved
      }
    }
  }
`;
const CHECK =
  'mutation ($input: CheckVipOtpInput!) { checkVipOtp(input: $input) { outcome { status } problem { code } } }';

interface Pushed {
  readonly pushVipUser: {
    readonly vipPush: { readonly id: string; readonly transactionId: string; readonly state: string };
  };
}

interface Changed {
  readonly vipPushChanged: {
    readonly cursor: string;
    readonly sequence: number;
    readonly isTerminal: boolean;
    readonly vipPush: { readonly state: string; readonly isApproved: boolean };
  };
}

interface Checked {
  readonly checkVipOtp: {
    readonly outcome: { readonly status: string } | null;
    readonly problem: { readonly code: string } | null;
  };
}

/** Two gateways, each over a subgraph service of its own, and a poller, over one Redis. */
async function startReplicas(test: Teardown) {
  const simulator = await startSimulator(test, vipidentitySimulator);
  const redis = await RedisServer.start();
  test.after(() => redis.stop());
  const issuer = createTokenIssuer();
  const gatewaySecret = { GATEWAY_SECRET: randomBytes(32).toString('hex') };
  const settings = async (): Promise<Record<string, string>> => ({
    SEALGRAPH_DATA_DIR: await temporaryDirectory(test),
    PORT: '0',
  });
  const provider = {
    ...simulator.environment,
    ...gatewaySecret,
    REDIS_URL: redis.url,
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  };
  const start = async (args: string[], more: Record<string, string>): Promise<string> =>
    startSealgraph(test, args, { ...(await settings()), ...more }).lineAfter('ready');
  const startReplica = async (): Promise<string> => {
    const url = await start(['subgraph', 'vipidentity'], provider);
    return start(['gateway'], { ...gatewaySecret, ...issuer.settings, VIPIDENTITY_SUBGRAPH_URL: url });
  };
  const [first, second] = await Promise.all([
    startReplica(),
    startReplica(),
    start(['poller', 'vipidentity'], provider),
  ]);
  const scopes = ['read', 'authenticate'].map((scope) => `vipidentity:${scope}`);
  return { simulator, first, second, anna: await issuer.callerWith('anna', scopes) };
}

suite('VIP by two gateways, two subgraph services and a poller', () => {
  let first = '';
  let second = '';
  let anna: { authorization: string };
  let simulator: Simulator<VipidentityControl>;
  const ends: (() => Promise<void>)[] = [];
  before(async () => {
    ({ first, second, anna, simulator } = await startReplicas({ after: (end) => void ends.unshift(end) }));
  });

  after(async () => {
    for (const end of ends) await end();
  });

  test('a push sent through one gateway is followed, and resumed, through the other', async () => {
    const input = { userId: 'cid+pending@example.com', intervalSeconds: 1, timeoutSeconds: 120 };
    const { data } = await askGraph<Pushed>(first, PUSH, { input }, anna);
    const { id, transactionId, state } = data.pushVipUser.vipPush;
    assert.equal(state, 'PENDING');
    const early = followOverWebSocket<Changed>(second, CHANGED, { id }, { ...anna });
    const begin = (await early.next()).value?.data.vipPushChanged;
    assert.deepEqual([begin?.sequence, begin?.vipPush.state], [1, 'PENDING']);
    simulator.control.endPush({ transactionId, status: '7000' });
    const seen = [];
    for await (const event of early) seen.push(event.data.vipPushChanged);
    assert.deepEqual(
      seen.map(({ sequence, isTerminal, vipPush }) => [
        sequence,
        isTerminal,
        vipPush.state,
        vipPush.isApproved,
      ]),
      [[2, true, 'APPROVED', true]],
    );
    const again = followOverWebSocket<Changed>(first, CHANGED, { id, after: begin?.cursor }, { ...anna });
    const { value } = await again.next();
    assert.deepEqual(value?.data.vipPushChanged, seen[0]);
    await again.return?.();
  });

  test('wrong codes are counted by all processes together, however they are sent', async () => {
    simulator.control.resetCalls();
    const check = (url: string, userId = 'ana+approve@example.com') =>
      askGraph<Checked>(url, CHECK, { input: { userId, otp: '000000' } }, anna);
    const tried = await Promise.all([first, second, first].map((url) => check(url)));
    for (const { data } of tried) assert.equal(data.checkVipOtp.outcome?.status, 'AUTHENTICATION_FAILED');
    for (const url of [first, second]) {
      const { data } = await check(url, 'ANA+approve@example.com');
      assert.deepEqual(data.checkVipOtp, { outcome: null, problem: { code: 'RATE_LIMITED' } });
    }
    assert.equal(simulator.control.calls()['checkOtp'], 3);
  });

  test('two codes in one operation reach nobody', async () => {
    simulator.control.resetCalls();
    const twice =
      'mutation ($input: CheckVipOtpInput!) { a: checkVipOtp(input: $input) { outcome { status } } b: checkVipOtp(input: $input) { outcome { status } } }';
    const input = { userId: 'bob+deny@example.com', otp: '000000' };
    const { errors } = await askGraph(first, twice, { input }, anna);
    assert.equal(errors?.[0]?.extensions?.['code'], 'LIMIT_EXCEEDED');
    assert.deepEqual(simulator.control.calls(), {});
  });
});
