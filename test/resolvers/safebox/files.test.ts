import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { test } from 'node:test';
import { DEFAULT_CONCURRENCY } from '../../../src/providers/kit/slots.js';
import { listOf, openSafebox, SEEDED } from './open.js';
import type { SafeboxUnderTest } from './open.js';

const INITIALIZE = 'mutation { initializeSafeBox(input: {}) { draft { id } problem { code } } }';
const UPLOAD = /* GraphQL */ `
  mutation ($input: CreateSafeBoxUploadInput!) {
    createSafeBoxUpload(input: $input) {
      attachment {
        id
        uploadId
        documentId
      }
      ticket {
        url
        method
        maxBytes
        headers {
          name
          value
        }
      }
      problem {
        code
        path
      }
    }
  }
`;
const COMMIT = /* GraphQL */ `
  mutation ($input: CommitSafeBoxInput!) {
    commitSafeBox(input: $input) {
      safeBoxId
      safeBox {
        messages {
          documents {
            name
            sizeBytes
            sha256
            download {
              url
              fileName
              sizeBytes
            }
          }
        }
      }
      problem {
        code
        path
      }
    }
  }
`;

async function draft({ ask }: SafeboxUnderTest): Promise<string> {
  return (await ask(INITIALIZE)).initializeSafeBox.draft.id;
}

async function ticketFor(subgraph: SafeboxUnderTest, input: Record<string, unknown>) {
  const { createSafeBoxUpload } = await subgraph.ask(UPLOAD, { input });
  assert.equal(createSafeBoxUpload.problem, null);
  return {
    id: createSafeBoxUpload.attachment.id as string,
    uploadId: createSafeBoxUpload.attachment.uploadId as string,
    url: `${subgraph.filesUrl}${createSafeBoxUpload.ticket.url}`,
  };
}

test('a file goes by ticket into a SafeBox and comes back by ticket, byte for byte, under its name', async (t) => {
  const subgraph = await openSafebox(t);
  const { ask, signIn, simulator, filesUrl, logger } = subgraph;
  await signIn();
  const bytes = randomBytes(700_001);
  const safeBoxId = await draft(subgraph);
  const fileName = 'смета – 見積り.pdf';
  const file = { safeBoxId, fileName, contentType: 'application/pdf', sizeBytes: bytes.length };
  const { id, uploadId, url } = await ticketFor(subgraph, file);
  const sent = await fetch(url, { method: 'PUT', body: bytes });
  assert.equal(sent.status, 201);
  assert.deepEqual(await sent.json(), { uploadId, sizeBytes: bytes.length });

  const input = {
    draftId: safeBoxId,
    message: 'Here',
    uploads: [id],
    recipients: [{ email: 'bo@ext.example' }],
  };
  const { commitSafeBox } = await ask(COMMIT, { input });
  assert.equal(commitSafeBox.problem, null);
  const [document] = commitSafeBox.safeBox.messages[0].documents;
  assert.equal(document.name, fileName);
  assert.equal(document.sha256, createHash('sha256').update(bytes).digest('hex'));

  const fetched = await fetch(filesUrl + document.download.url);
  assert.equal(fetched.status, 200);
  assert.ok(Buffer.from(await fetched.arrayBuffer()).equals(bytes));
  const disposition = fetched.headers.get('content-disposition') ?? '';
  assert.equal(decodeURIComponent(disposition.split("UTF-8''")[1] ?? ''), fileName);
  assert.equal(fetched.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(simulator.control.calls()['tokenSentToFileServer'], undefined);
  assert.ok(!JSON.stringify(logger.lines).includes(String(document.download.url).slice(7)));
});

test('a ticket is good once, for its method, until it expires', async (t) => {
  const subgraph = await openSafebox(t);
  const { signIn, clock } = subgraph;
  await signIn();
  const safeBoxId = await draft(subgraph);
  const file = { safeBoxId, fileName: 'a.txt', contentType: 'text/plain', sizeBytes: 3 };
  const { url } = await ticketFor(subgraph, file);
  assert.equal((await fetch(url)).status, 405);
  assert.equal((await fetch(url, { method: 'PUT', body: 'abc' })).status, 201);
  const again = await fetch(url, { method: 'PUT', body: 'abc' });
  assert.equal(again.status, 404);
  assert.equal((await again.json()).error.code, 'NOT_FOUND');
  const late = await ticketFor(subgraph, file);
  await clock.advance(15 * 60_000);
  assert.equal((await fetch(late.url, { method: 'PUT', body: 'abc' })).status, 404);
});

test('two who come with one ticket at the same time send one file', async (t) => {
  const subgraph = await openSafebox(t);
  await subgraph.signIn();
  const file = { safeBoxId: await draft(subgraph), fileName: 'a.txt', sizeBytes: 3 };
  const { url } = await ticketFor(subgraph, file);
  const answers = await Promise.all([1, 2, 3].map(() => fetch(url, { method: 'PUT', body: 'abc' })));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 404, 404]);
});

test('what the account does not take is refused before a ticket is given', async (t) => {
  const subgraph = await openSafebox(t);
  const { ask, signIn, simulator } = subgraph;
  await signIn();
  simulator.control.changeSettings({ max_file_size_value: 1, max_file_size_unit: 'KB' });
  const safeBoxId = await draft(subgraph);
  const cases: [object, string, string][] = [
    [{ fileName: 'run.BAT', sizeBytes: 1 }, 'INVALID_INPUT', 'fileName'],
    [{ fileName: '../a', sizeBytes: 1 }, 'INVALID_INPUT', 'fileName'],
    [{ fileName: 'a', sizeBytes: 1025 }, 'TOO_LARGE', 'sizeBytes'],
    [{ fileName: 'a', sizeBytes: -1 }, 'INVALID_INPUT', 'sizeBytes'],
    [{ fileName: 'a', sizeBytes: 1, contentType: 'x\r\ny: z' }, 'INVALID_INPUT', 'contentType'],
    [{ fileName: 'a', sizeBytes: 1, safeBoxId: 'f'.repeat(32) }, 'NOT_FOUND', 'safeBoxId'],
    [{ fileName: 'a', sizeBytes: 1, safeBoxId: SEEDED.closed }, 'ALREADY_COMPLETED', 'safeBoxId'],
  ];
  for (const [change, code, field] of cases) {
    const { createSafeBoxUpload } = await ask(UPLOAD, { input: { safeBoxId, ...change } });
    assert.deepEqual(createSafeBoxUpload.problem, { code, path: ['input', field] });
  }
  const { createSafeBoxUpload } = await ask(UPLOAD, { input: { safeBoxId, fileName: 'a', sizeBytes: 1024 } });
  assert.equal(createSafeBoxUpload.problem, null);
});

test('more bytes, or fewer, than announced are refused, and the file is as if it had never been', async (t) => {
  const subgraph = await openSafebox(t);
  const { ask, signIn, simulator } = subgraph;
  await signIn();
  const safeBoxId = await draft(subgraph);
  const before = simulator.control.storage();
  const announced = { safeBoxId, fileName: 'a.txt', sizeBytes: 10 };
  const long = await ticketFor(subgraph, announced);
  assert.equal((await fetch(long.url, { method: 'PUT', body: 'x'.repeat(11) })).status, 413);
  const short = await ticketFor(subgraph, announced);
  assert.equal((await fetch(short.url, { method: 'PUT', body: 'x' })).status, 400);
  const unmeasured = await ticketFor(subgraph, announced);
  // Without a length, which `fetch` would send.
  const sending = request(unmeasured.url, { method: 'PUT' });
  const answered = new Promise<number>((resolve, reject) => {
    sending.once('response', (response) => resolve(response.resume().statusCode ?? 0)).once('error', reject);
  });
  sending.write('x'.repeat(6));
  sending.end('x'.repeat(5));
  assert.ok((await answered) >= 400);
  const { safeBoxUpload } = await ask('query ($id: ID!) { safeBoxUpload(id: $id) { documentId } }', {
    id: unmeasured.id,
  });
  assert.equal(safeBoxUpload, null);
  assert.equal(simulator.control.storage().documents, before.documents);
});

test('an upload that breaks off leaves nothing behind, here or at the provider', async (t) => {
  const subgraph = await openSafebox(t);
  const { ask, signIn, simulator } = subgraph;
  await signIn();
  const safeBoxId = await draft(subgraph);
  const before = simulator.control.storage();
  const { id, url } = await ticketFor(subgraph, { safeBoxId, fileName: 'a.bin2', sizeBytes: 10_000_000 });
  const sending = request(url, { method: 'PUT', headers: { 'content-length': '10000000' } });
  sending.on('error', () => undefined);
  sending.write(Buffer.alloc(200_000));
  while (simulator.control.storage().unfinished === 0) await new Promise((resolve) => setImmediate(resolve));
  sending.destroy();
  await new Promise((resolve) => sending.once('close', resolve));
  while (simulator.control.storage().unfinished > 0) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(simulator.control.storage(), before);
  const READ = 'query ($id: ID!) { safeBoxUpload(id: $id) { documentId } }';
  while ((await ask(READ, { id })).safeBoxUpload !== null)
    await new Promise((resolve) => setImmediate(resolve));
});

test('uploads that break off or hang leave the ordinary calls of their caller their slots and their breaker', async (t) => {
  const subgraph = await openSafebox(t);
  const { ask, signIn, simulator } = subgraph;
  await signIn();
  const ordinary = async () => assert.ok((await ask(INITIALIZE)).initializeSafeBox.draft.id);
  const unfinished = async (count: number) => {
    while (simulator.control.storage().unfinished !== count)
      await new Promise((resolve) => setImmediate(resolve));
  };
  const begin = async () => {
    const safeBoxId = await draft(subgraph);
    const input = { safeBoxId, fileName: 'a.bin2', sizeBytes: 10_000_000 };
    const { url } = await ticketFor(subgraph, input);
    const sending = request(url, { method: 'PUT', headers: { 'content-length': '10000000' } });
    sending.on('error', () => undefined);
    sending.write(Buffer.alloc(200_000));
    return sending;
  };
  for (let broken = 0; broken < 14; broken++) {
    const sending = await begin();
    await unfinished(1);
    sending.destroy();
    await unfinished(0);
  }
  await ordinary();
  // No caller has more than half of the slots.
  const most = DEFAULT_CONCURRENCY.limit / 2;
  const hanging = [];
  for (let count = 1; count <= most; count++) hanging.push(await begin());
  await unfinished(most);
  await ordinary();
  for (const sending of hanging) sending.destroy();
  await unfinished(0);
});

test('a virus the provider finds is told, and the file is not in the SafeBox', async (t) => {
  const subgraph = await openSafebox(t);
  const { signIn, simulator } = subgraph;
  await signIn();
  simulator.control.changeSettings({ virus_scan_enabled: true });
  const file = { safeBoxId: await draft(subgraph), fileName: 'eicar.txt', sizeBytes: 3 };
  const { url } = await ticketFor(subgraph, file);
  const answer = await fetch(url, { method: 'PUT', body: 'abc' });
  assert.equal(answer.status, 422);
  assert.equal((await answer.json()).error.code, 'PROVIDER_REJECTED');
});

test('a file sent to an open SafeBox is part of a reply', async (t) => {
  const subgraph = await openSafebox(t);
  const { ask, signIn } = subgraph;
  await signIn();
  const { id, url } = await ticketFor(subgraph, { safeBoxId: SEEDED.open, fileName: 'r.txt', sizeBytes: 2 });
  const REPLY = /* GraphQL */ `
    mutation ($input: ReplyToSafeBoxInput!) {
      replyToSafeBox(input: $input) {
        safeBox {
          messages {
            documents {
              name
            }
          }
        }
        problem {
          code
          path
        }
      }
    }
  `;
  const input = { id: SEEDED.open, uploads: [id] };
  const early = await ask(REPLY, { input });
  assert.deepEqual(early.replyToSafeBox.problem, { code: 'INVALID_INPUT', path: ['input', 'uploads', '0'] });
  assert.equal((await fetch(url, { method: 'PUT', body: 'ok' })).status, 201);
  const foreign = await ask(REPLY, { input: { ...input, id: SEEDED.keyRequired } });
  assert.equal(foreign.replyToSafeBox.problem.code, 'INVALID_INPUT');
  const { replyToSafeBox } = await ask(REPLY, { input });
  assert.equal(replyToSafeBox.problem, null);
  assert.deepEqual(listOf(replyToSafeBox.safeBox.messages).at(-1)?.documents, [{ name: 'r.txt' }]);
});

test('the audit record of a closed SafeBox is fetched as a PDF, that of an open one is not there', async (t) => {
  const { ask, signIn, filesUrl, simulator } = await openSafebox(t);
  await signIn();
  const AUDIT = 'query ($id: ID!) { safeBox(id: $id) { auditRecord { url contentType fileName } } }';
  assert.deepEqual(await ask(AUDIT, { id: SEEDED.open }), { safeBox: { auditRecord: null } });
  const { safeBox } = await ask(AUDIT, { id: SEEDED.closed });
  assert.equal(safeBox.auditRecord.contentType, 'application/pdf');
  const pdf = await fetch(filesUrl + safeBox.auditRecord.url);
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  assert.match(await pdf.text(), /^%PDF-/);
  assert.equal(simulator.control.calls()['tokenSentToFileServer'], undefined);
});

test("the account's own token fetches a file in the name of the user who is named", async (t) => {
  const { ask, filesUrl } = await openSafebox(t);
  const FILES =
    'query ($id: ID!, $as: String) { safeBox(id: $id) { messages { documents { download(userEmail: $as) { url } } } } }';
  const fetchAs = async (as: string | null): Promise<Response> => {
    const { safeBox } = await ask(FILES, { id: SEEDED.open, as });
    return fetch(filesUrl + safeBox.messages[0].documents[0].download.url);
  };
  const named = await fetchAs('ada@acme.example');
  assert.deepEqual([named.status, await named.text()], [200, 'One line of text.\n']);
  const unnamed = await fetchAs(null);
  assert.equal(unnamed.status, 400);
  assert.equal((await unnamed.json()).error.code, 'INVALID_INPUT');
});

test('a download that breaks off at the provider breaks off at the client', async (t) => {
  const subgraph = await openSafebox(t);
  const { ask, signIn, filesUrl, simulator } = subgraph;
  await signIn();
  const content = randomBytes(1_000_000);
  const input = {
    draftId: await draft(subgraph),
    files: [{ fileName: 'big.dat', contentBase64: content.toString('base64') }],
    recipients: [{ email: 'bo@ext.example' }],
  };
  const { commitSafeBox } = await ask(COMMIT, { input });
  simulator.control.cutNextDownload({ afterBytes: 700_000 });
  const answer = await fetch(filesUrl + commitSafeBox.safeBox.messages[0].documents[0].download.url);
  assert.equal(answer.status, 200);
  await assert.rejects(answer.arrayBuffer());
});

test('a URL outside the configured file servers is never followed', async (t) => {
  const subgraph = await openSafebox(t, { environment: { SAFEBOX_FILE_ORIGINS: 'https://files.example' } });
  const { signIn, simulator } = subgraph;
  await signIn();
  const { url } = await ticketFor(subgraph, {
    safeBoxId: await draft(subgraph),
    fileName: 'a.txt',
    sizeBytes: 3,
  });
  const answer = await fetch(url, { method: 'PUT', body: 'abc' });
  assert.equal(answer.status, 502);
  assert.equal((await answer.json()).error.code, 'PROVIDER_PROTOCOL');
  assert.equal(simulator.control.calls()['uploadFile'], undefined);
});

test('after signing out a ticket no longer does anything', async (t) => {
  const subgraph = await openSafebox(t);
  await subgraph.signIn();
  const { url } = await ticketFor(subgraph, { safeBoxId: SEEDED.open, fileName: 'a.txt', sizeBytes: 3 });
  await subgraph.ask('mutation { signOutOfSafeBox { isSignedOut } }');
  const answer = await fetch(url, { method: 'PUT', body: 'abc' });
  assert.equal(answer.status, 401);
  assert.equal((await answer.json()).error.code, 'CREDENTIAL_EXPIRED');
});

test('pages of the allowed origins may send files, others may not', async (t) => {
  const { filesUrl } = await openSafebox(t);
  const preflight = async (origin: string) => {
    const answer = await fetch(`${filesUrl}/files/x`, { method: 'OPTIONS', headers: { origin } });
    return answer.headers.get('access-control-allow-origin');
  };
  assert.equal(await preflight('https://app.example'), 'https://app.example');
  assert.equal(await preflight('https://evil.example'), null);
});
