import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { askGraph, startSealgraph } from '../support/sealgraph.js';
import { temporaryDirectory } from '../support/simulators.js';

const MANY = `{ ${Array.from({ length: 6 }, (_none, n) => `p${n}: person(email: "p${n}@example.test") { vipUser { id } }`).join(' ')} }`;
const SEND = `mutation { sendTwoFactorMessage(input: { recipients: ["a@example.test"], subject: "x" }) { twoFactorMessage { id } problem { code } } }`;
const WATCH = 'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { cursor } }';
const BOXES = 'query ($n: Int!) { safeBoxes(first: $n) { edges { node { participants { email } } } } }';

async function startWithThreeCalls(t: TestContext): Promise<string> {
  const server = startSealgraph(t, ['start', '--no-console'], {
    PORT: '0',
    SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
    MAX_PROVIDER_CALLS: '3',
  });
  return server.lineAfter('ready');
}

test('no operation makes more calls to providers than are allowed, and the next has its own', async (t) => {
  const endpoint = await startWithThreeCalls(t);
  for (const _again of [1, 2]) {
    const { errors } = await askGraph(endpoint, MANY);
    assert.deepEqual(
      errors?.map(({ extensions }) => extensions?.['code']),
      ['CALLS_EXCEEDED', 'CALLS_EXCEEDED', 'CALLS_EXCEEDED'],
    );
  }
  const { data } = await askGraph<{ sendTwoFactorMessage: { problem: unknown } }>(endpoint, SEND);
  assert.equal(data.sendTwoFactorMessage.problem, null);

  const priceOf = async (n: number): Promise<string> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: BOXES, variables: { n }, extensions: { cost: true } }),
    });
    return response.text();
  };
  assert.match(await priceOf(50), /"extensions":\{"cost":\{"providerCalls":51,"limit":100\}\}/);
  assert.match(await priceOf(100), /may make 101 calls to providers; at most 100/);
});

test('what one operation did not call is not left to the next that bears the same id', async (t) => {
  const endpoint = await startWithThreeCalls(t);
  const ask = (body: object, accept = 'application/json'): Promise<Response> =>
    fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, 'x-request-id': 'the-same-id' },
      body: JSON.stringify(body),
    });
  const { data } = await askGraph<{ sendTwoFactorMessage: { twoFactorMessage: { id: string } } }>(
    endpoint,
    SEND,
  );
  const { id } = data.sendTwoFactorMessage.twoFactorMessage;
  // It goes on all the time.
  const stream = await ask({ query: WATCH, variables: { id } }, 'text/event-stream');
  for (const _some of [1, 2, 3, 4]) await ask({ query: '{ viewer { subject } }' });
  const people = Array.from(
    { length: 8 },
    (_none, n) => `p${n}: person(email: "p${n}@example.test") { vipUser { id } }`,
  );
  const answer = await (await ask({ query: `{ ${people.join(' ')} }` })).text();
  await stream.body?.cancel();
  assert.equal(answer.match(/"CALLS_EXCEEDED"/g)?.length, 2);
});
