import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProviderError } from '../../src/provider-error.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { MODES } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';

const CHANGES = 'subscription ($id: ID!) { messageChanged(id: $id) { sequence to { name } } }';
const MULTIPART = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json';

interface Told {
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

for (const [mode, start] of MODES)
  for (const [failure, code] of [
    [new ProviderError('STREAM_LOST'), 'STREAM_LOST'],
    [new ProviderError('STORE_UNAVAILABLE'), 'STORE_UNAVAILABLE'],
    [new Error('connect ECONNREFUSED db.internal:5432'), 'INTERNAL'],
  ] as const) {
    const assertTold = ({ errors = [] }: Told): void => {
      assert.deepEqual(
        errors.map(({ extensions }) => extensions['code']),
        [code],
      );
      if (failure instanceof ProviderError) assert.equal(errors[0]?.message, failure.message);
      assert.doesNotMatch(JSON.stringify(errors), /db\.internal/);
    };

    test(`${mode}, over every transport, a stream that fails ends with one event that says ${code}`, async (t) => {
      const { endpoint, world } = await start(t);
      const variables = { id: '1' };
      const socket = await SocketClient.connect(endpoint);
      socket.subscribe('a', CHANGES, variables);
      const sse = await StreamClient.open(endpoint, 'text/event-stream', CHANGES, { variables });
      const multipart = await StreamClient.open(endpoint, MULTIPART, CHANGES, { variables });
      await Promise.all([socket.next(), sse.nextEvent(), multipart.nextPart()]);
      world.changes.fail(failure);

      const message = await socket.next();
      assert.equal(message.type, 'next');
      assertTold(message.payload as Told);
      assert.deepEqual(await socket.next(), { id: 'a', type: 'complete' });
      const [name, event] = (await sse.nextEvent()) ?? [];
      assert.equal(name, 'next');
      assertTold(event as Told);
      assert.deepEqual(await sse.nextEvent(), ['complete', undefined]);
      assertTold(((await multipart.nextPart()) as { payload: Told }).payload);
      assert.equal(await multipart.until('--\r\n'), '--\r\n');
      await socket.close();
    });
  }
