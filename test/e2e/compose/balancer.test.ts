import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createClient } from 'sealgraph/client';
import { WebSocket } from 'ws';
import { followMessage, sendMessage } from '../../../examples/web-client/approval.js';
import { providerId } from '../../../src/subgraph/global-id.js';
import { askGraph, control } from '../../support/sealgraph.js';
import { createTokenIssuer } from '../../support/token-issuer.js';
import { readComposeFile } from './compose-file.js';
import { startServices } from './start-services.js';

const NOBODY = 'nobody@example.test';
const NEEDED = ['redis', 'simulator-messaging2fa', 'messaging2fa', 'poller', 'gateway', 'balancer'];

const secrets = {
  GATEWAY_SECRET: randomBytes(32).toString('hex'),
  VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  REDIS_PASSWORD: randomBytes(32).toString('hex'),
};

test('through the balancer go requests, WebSockets and event streams to two gateways, and when one of them stops nothing is refused, missed or repeated', async (t) => {
  const issuer = createTokenIssuer();
  const services = readComposeFile({
    envFile: 'docker/simulators.env',
    variables: {
      ...{ ...secrets, ...issuer.settings },
      SEALGRAPH_SETTINGS_FILES: '/simulators/messaging2fa.env',
    },
    profiles: ['simulators'],
  });
  const { processes, reach } = await startServices(
    t,
    new Map([...services].filter(([name]) => NEEDED.includes(name))),
    { gateway: 2 },
  );
  const place = `http://${reach('balancer:4000')}`;
  const url = `${place}/graphql`;
  const token = await issuer.tokenFor('anna', ['messaging2fa:read', 'messaging2fa:write']);
  assert.equal((await fetch(`${place}/metrics`)).status, 404);
  assert.equal((await fetch(`http://${reach('balancer:4001')}/graphql`)).status, 404);

  const id = await sendMessage(createClient({ url, token }), {
    recipients: [NOBODY],
    subject: 'Payment 4711',
  });
  const messageId = providerId('TwoFactorMessage', id);
  const simulator = await processes.get('simulator-messaging2fa')?.[0]?.lineAfter('control');
  // Long-lived connections are spread over the gateways: two of each kind.
  const seen = await Promise.all(
    (['ws', 'ws', 'sse', 'sse'] as const).map(async (transport) => {
      const client = createClient({ url, token, transport, webSocketImpl: WebSocket });
      t.after(() => client.close());
      const events = followMessage(client, id)[Symbol.asyncIterator]();
      return { told: [(await events.next()).value?.sequence], events };
    }),
  );
  const step = async (status: string): Promise<void> => {
    await control(simulator ?? '', 'setStatus', { messageId, userId: NOBODY, status });
    await Promise.all(seen.map(async ({ told, events }) => told.push((await events.next()).value?.sequence)));
  };
  await step('NOTIFIED');

  const [first] = processes.get('gateway') ?? [];
  let hasEnded = false;
  const ended = first?.end('SIGTERM').finally(() => (hasEnded = true));
  do {
    const { status, data } = await askGraph(url, '{ __typename }', {}, { authorization: `Bearer ${token}` });
    assert.deepEqual([status, data], [200, { __typename: 'Query' }]);
  } while (!hasEnded);
  assert.equal(await ended, 0);
  await step('DOWNLOADED');
  await step('APPROVED');
  for (const { told, events } of seen) {
    assert.deepEqual(told, [1, 2, 3, 4]);
    assert.equal((await events.next()).done, true);
  }
});
