import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import { followOverWebSocket } from '../../support/follow.js';
import { askGraph, startSealgraph } from '../../support/sealgraph.js';
import { startSimulator, temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';

const SEND =
  'mutation { sendTwoFactorMessage(input: { recipients: ["approve@example.test"] }) { twoFactorMessage { id } } }';
const READ = 'query ($id: ID!) { twoFactorMessage(id: $id) { id } }';
const NODE = 'query ($id: ID!) { node(id: $id) { id ... on TwoFactorMessage { outcome } } }';
const CHANGED =
  'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { sequence isTerminal twoFactorMessage { outcome recipients { person { email } } } } }';

interface Sent {
  readonly sendTwoFactorMessage: { readonly twoFactorMessage: { readonly id: string } };
}

interface Changed {
  readonly twoFactorMessageChanged: {
    readonly sequence: number;
    readonly isTerminal: boolean;
    readonly twoFactorMessage: {
      readonly outcome: string;
      readonly recipients: { person: { email: string } }[];
    };
  };
}

const ISSUER = 'https://issuer.example.test';
const AUDIENCE = 'sealgraph';

/** A gateway and a subgraph service, live against a simulator that counts as a real provider. */
async function startServices(t: Teardown) {
  const jwtSecret = randomBytes(32).toString('hex');
  const gatewaySecret = randomBytes(32).toString('hex');
  const simulator = await startSimulator(t, messaging2faSimulator, { stepMs: 200 });
  const subgraphSettings = {
    ...simulator.environment,
    GATEWAY_SECRET: gatewaySecret,
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
    PORT: '0',
  };
  const subgraph = startSealgraph(t, ['subgraph', 'messaging2fa'], subgraphSettings);
  const subgraphUrl = await subgraph.lineAfter('ready');
  const gateway = startSealgraph(t, ['gateway'], {
    PORT: '0',
    SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
    MESSAGING2FA_SUBGRAPH_URL: subgraphUrl,
    GATEWAY_SECRET: gatewaySecret,
    JWT_SECRET: jwtSecret,
    JWT_ISSUER: ISSUER,
    JWT_AUDIENCE: AUDIENCE,
  });
  const token = (subject: string, scope: string): Promise<string> =>
    new SignJWT({ scope, tenant: 'acme' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(subject)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('5 minutes')
      .sign(Buffer.from(jwtSecret));
  return { subgraph, subgraphUrl, subgraphSettings, url: await gateway.lineAfter('ready'), token };
}

test('a gateway and a subgraph as services do the main job for callers with tokens, and for nobody else', async (t) => {
  const { url, subgraphUrl, token } = await startServices(t);
  const scopes = 'messaging2fa:read messaging2fa:write';
  const anna = { authorization: `Bearer ${await token('anna', scopes)}` };
  const sent = await askGraph<Sent>(url, SEND, {}, anna);
  const { id } = sent.data.sendTwoFactorMessage.twoFactorMessage;

  const seen: Changed['twoFactorMessageChanged'][] = [];
  for await (const { data } of followOverWebSocket<Changed>(url, CHANGED, { id }, anna)) {
    seen.push(data.twoFactorMessageChanged);
  }
  const [first = 0, ...others] = seen.map(({ sequence }) => sequence);
  assert.deepEqual(
    others,
    others.map((_, index) => first + index + 1),
  );
  assert.equal(seen.at(-1)?.isTerminal, true);
  assert.equal(seen.at(-1)?.twoFactorMessage.outcome, 'APPROVED');
  assert.deepEqual(seen.at(-1)?.twoFactorMessage.recipients, [{ person: { email: 'approve@example.test' } }]);

  const mallory = { authorization: `Bearer ${await token('mallory', scopes)}` };
  assert.deepEqual((await askGraph(url, READ, { id }, mallory)).data, { twoFactorMessage: null });
  assert.deepEqual((await askGraph(url, NODE, { id }, anna)).data, {
    node: { id, outcome: 'APPROVED' },
  });
  assert.deepEqual((await askGraph(url, NODE, { id }, mallory)).data, { node: null });
  const writer = { authorization: `Bearer ${await token('anna', 'messaging2fa:write')}` };
  const unread = await askGraph<{ node: unknown }>(url, NODE, { id }, writer);
  assert.equal(unread.data.node, null);
  assert.equal(unread.errors?.[0]?.extensions?.['code'], 'FORBIDDEN');
  const reader = { authorization: `Bearer ${await token('anna', 'messaging2fa:read')}` };
  const refused = await askGraph(url, SEND, {}, reader);
  assert.equal(refused.errors?.[0]?.extensions?.['code'], 'FORBIDDEN');
  const nobody = await askGraph(url, READ, { id });
  assert.equal(nobody.errors?.[0]?.extensions?.['code'], 'UNAUTHENTICATED');
  const unsigned = await askGraph(subgraphUrl, READ, { id }, anna);
  assert.equal(unsigned.status, 401, 'a subgraph service believes nobody but the gateway');
});

test('a subgraph service that dies gives nulls and a masked error, and is used again when it is back', async (t) => {
  const { subgraph, subgraphUrl, subgraphSettings, url, token } = await startServices(t);
  const anna = { authorization: `Bearer ${await token('anna', 'messaging2fa:read')}` };
  const ask = () =>
    askGraph<{ twoFactorMessages: unknown }>(url, '{ twoFactorMessages { edges { cursor } } }', {}, anna);
  assert.deepEqual((await ask()).data, { twoFactorMessages: { edges: [] } });

  await subgraph.end('SIGKILL');
  const { data, errors } = await ask();
  assert.deepEqual(data, { twoFactorMessages: null });
  assert.equal(errors?.[0]?.extensions?.['code'], 'SUBGRAPH_UNAVAILABLE');
  assert.doesNotMatch(JSON.stringify(errors), /127\.0\.0\.1|ECONNREFUSED/);

  const again = startSealgraph(
    t,
    ['subgraph', 'messaging2fa', '--port', new URL(subgraphUrl).port],
    subgraphSettings,
  );
  await again.lineAfter('ready');
  assert.deepEqual((await ask()).data, { twoFactorMessages: { edges: [] } });
});
