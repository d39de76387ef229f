import 'reflect-metadata';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { vipidentitySimulator } from '../../../src/simulators/vipidentity/simulator.js';
import { vipidentity } from '../../../subgraphs/vipidentity.js';
import { answerTo, askedIn } from '../../providers/vipidentity/raw.js';
import { bodyOf, startServer } from '../../support/http-server.js';
import { openSubgraph } from '../../support/open-subgraph.js';
import { startSimulator } from '../../support/simulators.js';
import { ANA } from './open.js';

const PUSH = `mutation { pushVipUser(input: { userId: "${ANA}" }) { vipPush { id transactionId numbersChallenge } problem { code } } }`;

for (const [what, element, number] of [
  ['with a number', '<numbersChallengeValue>07</numbersChallengeValue>', '07'],
  ['with an empty one', '<numbersChallengeValue/>', null],
  ['without one', '', null],
] as const)
  test(`a push ${what} to choose on the phone shows it when it is sent and whenever it is read`, async (t) => {
    const { environment } = await startSimulator(t, vipidentitySimulator);
    const folder = dirname(environment['VIP_CA_FILE'] ?? '');
    const tls = {
      cert: readFileSync(join(folder, 'server.cert.pem')),
      key: readFileSync(join(folder, 'server.key.pem')),
    };
    // The simulator knows no numbers, which a later version of the service has added.
    const service = await startServer(
      t,
      (request, response) => {
        void bodyOf(request).then((body) =>
          response
            .writeHead(200, { 'content-type': 'text/xml' })
            .end(answerTo(askedIn(body), `<transactionId>abcd1234</transactionId>${element}`, '6040')),
        );
      },
      { tls },
    );
    const { run } = await openSubgraph(t, {
      module: vipidentity,
      environment: { ...environment, VIP_AUTHENTICATION_URL: `${service.url}/AuthenticationService_1_10` },
      polls: false,
    });
    const sent = await run<{ pushVipUser: { vipPush: { id: string }; problem: null } }>(PUSH);
    const push = sent.data.pushVipUser.vipPush;
    assert.deepEqual(push, { id: push.id, transactionId: 'abcd1234', numbersChallenge: number });
    const read = await run(`{ vipPush(transactionId: "${push.id}") { id transactionId numbersChallenge } }`);
    assert.deepEqual(read.data, { vipPush: push });
  });
