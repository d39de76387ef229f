import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient, GraphError, TransferError, type Client, type ClientOptions } from 'sealgraph/client';
import { WebSocket } from 'ws';
import { startBreakableProxy, type BreakableProxy } from '../support/breakable-proxy.js';
import { askGraph, control, startSealgraph, type SealgraphProcess } from '../support/sealgraph.js';
import { temporaryDirectory, type Teardown } from '../support/simulators.js';
import { createTokenIssuer } from '../support/token-issuer.js';

const NOBODY = 'nobody@example.test';
const SEND =
  'mutation ($to: [String!]!) { sendTwoFactorMessage(input: { recipients: $to }) { twoFactorMessage { messageId } problem { code message path } } }';
const FOLLOW =
  'subscription ($id: ID!, $after: String) { twoFactorMessageChanged(id: $id, after: $after) { cursor sequence isTerminal twoFactorMessage { outcome } } }';

interface Sent {
  readonly sendTwoFactorMessage: {
    readonly twoFactorMessage: { readonly messageId: string } | null;
    readonly problem: {
      readonly code: string;
      readonly message: string;
      readonly path: string[] | null;
    } | null;
  };
}

interface Changed {
  readonly twoFactorMessageChanged: {
    readonly cursor: string;
    readonly sequence: number;
    readonly isTerminal: boolean;
    readonly twoFactorMessage: { readonly outcome: string };
  };
}

const issuer = createTokenIssuer();
let sandbox: SealgraphProcess;
let url: string;
const ends: (() => Promise<void>)[] = [];
const wholeFile: Teardown = { after: (end) => ends.unshift(end) };

before(async () => {
  const directory = await temporaryDirectory(wholeFile);
  sandbox = startSealgraph(wholeFile, ['start'], {
    PORT: '0',
    SEALGRAPH_DATA_DIR: directory,
    ...issuer.settings,
  });
  url = await sandbox.lineAfter('ready');
});
after(async () => {
  for (const end of ends) await end();
});

const SCOPES = ['messaging2fa:read', 'messaging2fa:write', 'safebox:read', 'safebox:write'];
const tokenFor = (goodForSeconds?: number): Promise<string> => issuer.tokenFor('ann', SCOPES, goodForSeconds);

function open(t: Teardown, options: Partial<ClientOptions> = {}): Client {
  const client = createClient({ url, token: () => tokenFor(), webSocketImpl: WebSocket, ...options });
  t.after(() => client.close());
  return client;
}

async function send(client: Client, ...to: string[]): Promise<string> {
  const sent = await client.command<Sent, { to: string[] }>(SEND, { to });
  return sent.payload.twoFactorMessage?.messageId ?? assert.fail(JSON.stringify(sent));
}

for (const transport of ['ws', 'sse'] as const) {
  describe(`over ${transport}`, () => {
    test('every event comes once and in order, over broken connections, until the last', async (t) => {
      const proxy = await startBreakableProxy(t, url);
      const client = open(t, { url: proxy.url, transport });
      const id = await send(client, NOBODY);
      const seen: unknown[] = [];
      for await (const event of client.follow<Changed, { id: string }>(FOLLOW, { id })) {
        seen.push([event.sequence, event.isTerminal, event.twoFactorMessage.outcome]);
        if (event.sequence === 1) await changeWhileAway(proxy, id);
      }
      assert.deepEqual(seen, [
        [1, false, 'PENDING'],
        [2, false, 'PENDING'],
        [3, true, 'APPROVED'],
      ]);
    });

    test('it goes on behind the cursor it is given', async (t) => {
      const client = open(t, { transport });
      const id = await send(client, 'approve@example.test');
      const all = await collected(client, id);
      assert.deepEqual(await collected(client, id, all[0]?.cursor), all.slice(1));
    });

    test('a token that runs out is replaced by a new one, without a gap or a repeat', async (t) => {
      let asked = 0;
      const client = open(t, { transport, token: () => tokenFor(asked++ < 2 ? 2 : 300) });
      const id = await send(client, NOBODY);
      const sequences: number[] = [];
      for await (const { sequence } of client.follow<Changed, { id: string }>(FOLLOW, { id })) {
        sequences.push(sequence);
        // The first token is over when the third is asked for.
        if (sequence === 1) void until(() => asked >= 3).then(() => setStatus(id, 'APPROVED'));
      }
      assert.deepEqual(sequences, [1, 2]);
      assert.ok(asked >= 3);
    });

    test('what does not pass by itself is thrown with its code', async (t) => {
      const client = open(t, { transport });
      await assert.rejects(collected(client, 'unknown'), { name: 'GraphError', code: 'NOT_FOUND' });
      const stranger = open(t, { transport, token: 'none' });
      await assert.rejects(collected(stranger, 'unknown'), { name: 'GraphError', code: 'UNAUTHENTICATED' });
    });

    test('behind the last event there is nothing: it ends', async (t) => {
      const client = open(t, { transport });
      const id = await send(client, 'approve@example.test');
      const all = await collected(client, id);
      assert.deepEqual(await collected(client, id, all.at(-1)?.cursor), []);
    });

    test('whoever stops listening while nothing comes is let go at once, and so is the connection', async (t) => {
      const proxy = await startBreakableProxy(t, url);
      const id = await send(open(t), NOBODY);
      const client = open(t, { url: proxy.url, transport });
      const stop = new AbortController();
      const events = client.follow<Changed, { id: string }>(FOLLOW, { id }, { signal: stop.signal });
      assert.equal((await events.next()).value?.sequence, 1);
      const waiting = events.next();
      stop.abort();
      await assert.rejects(waiting, { name: 'AbortError' });
      await until(() => proxy.connections() === 0);
    });

    test('nothing begins with a signal that is over, or at a client that was closed', async (t) => {
      const client = open(t, { transport });
      const id = await send(client, NOBODY);
      const over = { signal: AbortSignal.abort() };
      await assert.rejects(client.follow(FOLLOW, { id }, over).next(), { name: 'AbortError' });
      await client.close();
      await assert.rejects(client.follow(FOLLOW, { id }).next(), { name: 'AbortError', message: /closed/ });
    });

    test('a token that cannot be had is thrown as it is, and not asked for again and again', async (t) => {
      let asked = 0;
      const failing = open(t, {
        transport,
        token() {
          asked += 1;
          throw new RangeError('signed out');
        },
      });
      await assert.rejects(collected(failing, 'any'), { name: 'RangeError', message: 'signed out' });
      assert.equal(asked, 1);
      await assert.rejects(failing.request('{ __typename }', {}), { name: 'RangeError' });
    });

    test('whoever stops listening, or closes the client, hears no more', async (t) => {
      const client = open(t, { transport });
      const id = await send(client, NOBODY);
      const stop = new AbortController();
      const listening = (async () => {
        for await (const _ of client.follow(FOLLOW, { id }, { signal: stop.signal })) stop.abort();
      })();
      await assert.rejects(listening, { name: 'AbortError' });
      const other = (async () => {
        for await (const _ of client.follow(FOLLOW, { id })) await client.close();
      })();
      await assert.rejects(other, { name: 'AbortError' });
    });
  });
}

test('a subscription that could not be taken up again is refused before it begins', async (t) => {
  const client = open(t);
  const without = 'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { sequence } }';
  await assert.rejects(client.follow(without, { id: '1' }).next(), { name: 'TypeError', message: /\$after/ });
});

test('a command tells a problem as a value, and refuses to run blind', async (t) => {
  const client = open(t);
  const twice = await client.command<Sent, { to: string[] }>(SEND, { to: ['a@x.test', 'a@x.test'] });
  assert.equal(twice.ok, false);
  assert(!twice.ok);
  assert.equal(twice.problem.code, 'INVALID_INPUT');
  const blind =
    'mutation { sendTwoFactorMessage(input: { recipients: ["a@x.test"] }) { twoFactorMessage { id } } }';
  await assert.rejects(client.command(blind, {}), { name: 'TypeError', message: /problem/ });
});

test('errors of the graph and of the way there are told apart', async (t) => {
  const client = open(t);
  await assert.rejects(client.request('{ nothing }', {}), (error) => {
    assert(error instanceof GraphError);
    assert.deepEqual([error.code, error.isRetryable], ['GRAPHQL_VALIDATION_FAILED', false]);
    return true;
  });
  const nowhere = open(t, { url: 'http://127.0.0.1:1/graphql' });
  await assert.rejects(nowhere.request('{ __typename }', {}), { code: 'NETWORK', isRetryable: true });
});

test('files go and come by their tickets, and tell how far they are', async (t) => {
  const client = open(t);
  const ask = async <Data>(document: string, variables = {}): Promise<Data> =>
    client.request<Data, Record<string, unknown>>(document, variables);
  await ask(
    'mutation { signInToSafeBox(input: { username: "ada", password: "ada-demo-password" }) { problem { code } } }',
  );
  const content = new Blob(['x'.repeat(300_000)], { type: 'text/plain' });
  const { initializeSafeBox } = await ask<{ initializeSafeBox: { draft: { safeBoxId: string } } }>(
    'mutation { initializeSafeBox(input: {}) { draft { safeBoxId } } }',
  );
  const { safeBoxId } = initializeSafeBox.draft;
  const { createSafeBoxUpload } = await ask<{
    createSafeBoxUpload: {
      attachment: { id: string };
      ticket: { url: string; method: string; headers: { name: string; value: string }[] };
    };
  }>(
    'mutation ($input: CreateSafeBoxUploadInput!) { createSafeBoxUpload(input: $input) { attachment { id } ticket { url method headers { name value } } } }',
    { input: { safeBoxId, fileName: 'x.txt', contentType: 'text/plain', sizeBytes: content.size } },
  );
  const { ticket, attachment } = createSafeBoxUpload;
  const sent: number[] = [];
  await client.upload(ticket, content, { onProgress: ({ bytes }) => sent.push(bytes) });
  assert.deepEqual([sent.length, sent[0], sent.at(-1)], [5, 65_536, content.size]);
  await assert.rejects(client.upload(ticket, content), (error) => {
    assert(error instanceof TransferError);
    assert.equal(error.status, 404, 'a ticket is good once');
    return true;
  });
  const opened = await client.command(
    'mutation ($input: CommitSafeBoxInput!) { commitSafeBox(input: $input) { safeBoxId problem { code } } }',
    {
      input: {
        draftId: safeBoxId,
        recipients: [{ email: 'guest@partner.example' }],
        uploads: [attachment.id],
      },
    },
  );
  assert.equal(opened.ok, true);
  const { safeBox } = await ask<{
    safeBox: { messages: { documents: { download: { url: string } }[] }[] };
  }>('query ($id: ID!) { safeBox(id: $id) { messages { documents { download { url } } } } }', {
    id: safeBoxId,
  });
  const received: number[] = [];
  const file = await client.download(safeBox.messages[0]?.documents[0]?.download ?? assert.fail(), {
    onProgress: ({ bytes }) => received.push(bytes),
  });
  assert.equal(await file.text(), await content.text());
  assert.equal(received.at(-1), content.size);
});

async function collected(client: Client, id: string, after?: string) {
  const events = [];
  for await (const event of client.follow<Changed, { id: string }>(FOLLOW, { id }, { after }))
    events.push(event);
  return events;
}

async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setImmediate(resolve));
}

async function setStatus(messageId: string, status: string): Promise<void> {
  const line = sandbox.lines.find((one) => one.startsWith('simulator messaging2fa '));
  const controlUrl = line?.split(' control ')[1] ?? assert.fail('Messaging2FA is not simulated');
  await control(controlUrl, 'setStatus', { messageId, userId: NOBODY, status });
}

/** Two changes that a client behind the proxy can only hear of when it asks for what it missed. */
async function changeWhileAway(proxy: BreakableProxy, id: string): Promise<void> {
  proxy.break();
  for (const status of ['NOTIFIED', 'APPROVED']) {
    await setStatus(id, status);
    await askGraph(
      url,
      'mutation ($id: ID!) { refreshTwoFactorMessage(input: { id: $id }) { problem { code } } }',
      { id },
      { authorization: `Bearer ${await tokenFor()}` },
    );
  }
  proxy.mend();
}
