import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { loadConfig } from '../../../src/config/index.js';
import { MAX_INLINE_BYTES } from '../../../resolvers/safebox/given-content.js';
import { listOf, openSafebox, SEEDED } from './open.js';
import type { Answer, SafeboxUnderTest } from './open.js';

const CONTENT = { message: 'Please sign', recipients: [{ email: 'bo@ext.example' }] };
const HELLO = Buffer.from('hello').toString('base64');
const PHONE = [{ destination: '+15145550000', destinationType: 'CELL_PHONE' }];

async function problemOf({ ask }: SafeboxUnderTest, field: string, input: object): Promise<Answer> {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${field}(input: $input) { problem { code path } } }`;
  return (await ask(document, { input }))[field].problem;
}

const REFUSED: readonly [what: string, field: string, input: object, path: string[]][] = [
  [
    'a second file of a refused sort',
    'submitSafeBox',
    { ...CONTENT, files: [file('a.txt'), file('run.bat')] },
    ['files', '1', 'fileName'],
  ],
  [
    'a recipient without the telephone that is needed',
    'submitSafeBox',
    {
      ...CONTENT,
      securityProfileId: '11',
      recipients: [{ email: 'a@ext.example', contactMethods: PHONE }, { email: 'b@ext.example' }],
    },
    ['recipients', '1', 'contactMethods'],
  ],
  [
    'an option that must not be chosen',
    'submitSafeBox',
    {
      ...CONTENT,
      securityProfileId: '11',
      recipients: [{ email: 'a@ext.example', contactMethods: PHONE }],
      securityOptions: { isReplyEnabled: true },
    },
    ['securityOptions', 'isReplyEnabled'],
  ],
  [
    'the same recipient twice',
    'submitSafeBox',
    { ...CONTENT, recipients: [{ email: 'a@ext.example' }, { email: 'A@ext.example' }] },
    ['recipients', '1', 'email'],
  ],
  [
    'a participant without an address',
    'createSafeBoxParticipant',
    { safeBoxId: SEEDED.open, participant: { email: 'nobody' } },
    ['participant', 'email'],
  ],
  [
    'a favorite without an address',
    'createSafeBoxFavorite',
    { favorite: { email: 'nobody' } },
    ['favorite', 'email'],
  ],
  ['a file that is cut off', 'submitSafeBox', { ...CONTENT, files: [file('a.txt', 'A')] }, base64(0)],
  [
    'a file with a line in it',
    'submitSafeBox',
    { ...CONTENT, files: [file('a.txt', 'aGVs\nbG8=')] },
    base64(0),
  ],
  ...['.', '..', '\ud800', 'a/b'].map((name): (typeof REFUSED)[number] => [
    `a file called ${JSON.stringify(name)}`,
    'submitSafeBox',
    { ...CONTENT, files: [file('a.txt'), file(name)] },
    ['files', '1', 'fileName'],
  ]),
  ['a file of half a byte', 'submitSafeBox', { ...CONTENT, files: [file('a'), file('b', 'aB')] }, base64(1)],
];

function file(fileName: string, contentBase64 = HELLO) {
  return { fileName, contentBase64 };
}

function base64(index: number): string[] {
  return ['files', String(index), 'contentBase64'];
}

for (const [what, field, input, path] of REFUSED) {
  test(`${what} is refused where it stands in the caller's own input`, async (t) => {
    const subgraph = await openSafebox(t);
    await subgraph.signIn();
    assert.deepEqual(await problemOf(subgraph, field, input), {
      code: 'INVALID_INPUT',
      path: ['input', ...path],
    });
    assert.equal(subgraph.simulator.control.boxes().length, 5);
  });
}

test('a draft that the provider has forgotten is named as the caller names it', async (t) => {
  const subgraph = await openSafebox(t);
  await subgraph.signIn();
  const { initializeSafeBox } = await subgraph.ask(
    'mutation { initializeSafeBox(input: {}) { draft { id } } }',
  );
  subgraph.simulator.control.reset();
  const problem = await problemOf(subgraph, 'commitSafeBox', {
    ...CONTENT,
    draftId: initializeSafeBox.draft.id,
  });
  assert.deepEqual(problem, { code: 'INVALID_INPUT', path: ['input', 'draftId'] });
});

test('a file arrives under the name that was given, whatever it holds, and of an unknown sort', async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const names = ['договір "1".txt', '100%22 "%41".txt', "it's; filename=x.txt", ' spaces  within .txt'];
  const SUBMIT = /* GraphQL */ `
    mutation ($input: SubmitSafeBoxInput!) {
      submitSafeBox(input: $input) {
        safeBox {
          messages {
            documents {
              name
            }
          }
        }
        problem {
          code
        }
      }
    }
  `;
  const files = names.map((name) => ({ ...file(name), contentType: '' }));
  const { submitSafeBox } = await ask(SUBMIT, { input: { ...CONTENT, files } });
  assert.equal(submitSafeBox.problem, null);
  assert.deepEqual(
    listOf(submitSafeBox.safeBox.messages[0].documents).map(({ name }) => name),
    names,
  );
});

const UPLOAD = /* GraphQL */ `
  mutation ($input: CreateSafeBoxUploadInput!) {
    createSafeBoxUpload(input: $input) {
      ticket {
        url
      }
      problem {
        code
      }
    }
  }
`;

test('a request that does not fit leaves the ticket good; bytes of no announced length are counted', async (t) => {
  const { ask, signIn, filesUrl } = await openSafebox(t);
  await signIn();
  const ticket = async (): Promise<string> => {
    const input = { safeBoxId: SEEDED.open, fileName: 'a.txt', contentType: '', sizeBytes: 10 };
    const { createSafeBoxUpload } = await ask(UPLOAD, { input });
    assert.equal(createSafeBoxUpload.problem, null);
    return filesUrl + createSafeBoxUpload.ticket.url;
  };
  const put = async (url: string, bytes: number) =>
    (await fetch(url, { method: 'PUT', body: 'x'.repeat(bytes) })).status;
  const url = await ticket();
  assert.equal(await put(url, 11), 413);
  assert.equal(await put(url, 9), 400);
  assert.equal(await put(url, 10), 201);
  assert.equal(await put(url, 10), 404);
  const chunked = (to: string, bytes: number) =>
    new Promise<number>((resolve, reject) => {
      const sending = request(to, { method: 'PUT' });
      sending.once('response', (response) => resolve(response.resume().statusCode ?? 0));
      sending.once('error', reject);
      sending.write('x');
      sending.end('x'.repeat(bytes - 1));
    });
  assert.equal(await chunked(await ticket(), 11), 413);
  assert.equal(await chunked(await ticket(), 9), 400);
  assert.equal(await chunked(await ticket(), 10), 201);
});

test('telephone numbers that are not there cannot be removed, and nothing is removed beside them', async (t) => {
  const subgraph = await openSafebox(t);
  const { ask, signIn, simulator } = subgraph;
  await signIn();
  const favorites = '{ safeBoxFavorites { id contactMethods { id } } }';
  const guests =
    'query ($id: ID!) { safeBox(id: $id) { participants { id guestOptions { contactMethods { id } } } } }';
  const { safeBoxFavorites } = await ask(favorites);
  const favorite = listOf(safeBoxFavorites).find(({ contactMethods }) => contactMethods.length > 0);
  const { safeBox } = await ask(guests, { id: SEEDED.open });
  const guest = listOf(safeBox.participants).find((one) => one['guestOptions']?.contactMethods.length > 0);
  assert(favorite && guest);
  const unknown = { code: 'NOT_FOUND', path: ['input', 'contactMethodIds', '1'] };
  const known = (of: Answer): string => of['contactMethods'][0].id;
  assert.deepEqual(
    await problemOf(subgraph, 'deleteSafeBoxFavoriteContactMethods', {
      id: favorite['id'],
      contactMethodIds: [known(favorite), '999999'],
    }),
    unknown,
  );
  assert.deepEqual(
    await problemOf(subgraph, 'deleteSafeBoxParticipantContactMethods', {
      safeBoxId: SEEDED.open,
      participantId: guest['id'],
      contactMethodIds: [known(guest['guestOptions']), '999999'],
    }),
    unknown,
  );
  assert.deepEqual(await ask(favorites), { safeBoxFavorites });
  assert.equal(simulator.control.calls()['updateFavorite'], undefined);
  assert.equal(simulator.control.calls()['updateParticipant'], undefined);
});

test('a name that is null is cleared, one that is absent stays', async (t) => {
  const { ask, signIn } = await openSafebox(t);
  await signIn();
  const NAMES = 'firstName lastName companyName';
  const { createSafeBoxFavorite } = await ask(
    'mutation ($f: SafeBoxFavoriteInput!) { createSafeBoxFavorite(input: { favorite: $f }) { favorite { id } } }',
    { f: { email: 'c@ext.example', firstName: 'A', lastName: 'B', companyName: 'C' } },
  );
  const { updateSafeBoxFavorite } = await ask(
    `mutation ($input: UpdateSafeBoxFavoriteInput!) { updateSafeBoxFavorite(input: $input) { favorite { ${NAMES} } } }`,
    { input: { id: createSafeBoxFavorite.favorite.id, lastName: null } },
  );
  assert.deepEqual(updateSafeBoxFavorite.favorite, { firstName: 'A', lastName: '', companyName: 'C' });
});

test('the largest file that may be within a request fits into one, and one byte more is refused by name', async (t) => {
  const subgraph = await openSafebox(t);
  await subgraph.signIn();
  const inputOf = (bytes: number) => ({
    ...CONTENT,
    files: [file('a.bin2', Buffer.alloc(bytes).toString('base64'))],
  });
  const body = JSON.stringify({ query: UPLOAD, variables: { input: inputOf(MAX_INLINE_BYTES) } });
  assert.ok(Buffer.byteLength(body) <= loadConfig({}, []).limits.bodyBytes);
  assert.equal(await problemOf(subgraph, 'submitSafeBox', inputOf(MAX_INLINE_BYTES)), null);
  assert.deepEqual(await problemOf(subgraph, 'submitSafeBox', inputOf(MAX_INLINE_BYTES + 1)), {
    code: 'TOO_LARGE',
    path: ['input', ...base64(0)],
  });
});
