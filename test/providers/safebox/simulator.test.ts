import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { SafeboxControl } from '../../../src/simulators/safebox/control.js';
import { SECTION_NAMES } from '../../../src/providers/safebox/wire/box.js';
import { ADA, openSafeboxClient, refusedWith, signIn } from './open.js';

type Dialect = Parameters<SafeboxControl['changeDialect']>[0];

const OPEN = '0a11ce00000000000000000000000001';
const DIALECTS: readonly Dialect[] = [
  {},
  { idsAsText: true },
  { pageUrls: 'absolute' },
  { trailingSlash: false },
  { recipientsPath: false },
  { uploadUrlOnNew: false },
];

for (const dialect of DIALECTS) {
  test(`the whole way of a SafeBox works where the provider says ${JSON.stringify(dialect)}`, async (t) => {
    const { client, simulator } = await openSafeboxClient(t);
    simulator.control.changeDialect(dialect);
    simulator.control.createBoxes({ count: 12 });
    const ada = await signIn(client);
    assert.equal(ada.userId, '123');

    const first = await client.boxes.list(ada, {}, 5, 1);
    const ids = first.boxes.map((box) => box?.id);
    for (let { nextPageUrl } = first; nextPageUrl !== null;) {
      const page = await client.boxes.nextPage(ada, nextPageUrl);
      ids.push(...page.boxes.map((box) => box?.id));
      ({ nextPageUrl } = page);
    }
    assert.equal(new Set(ids).size, first.count);
    assert.equal(ids.length, first.count);

    const info = await client.boxes.info(ada, OPEN, SECTION_NAMES);
    const [message] = info.messages ?? [];
    for (const id of [info.userId, message?.id, message?.authorId, info.participants?.[0]?.id])
      assert.equal(typeof id, 'string');
    assert(message);
    await client.boxes.markMessage(ada, OPEN, message.id, true);
    assert((await client.people.searchRecipient(ada, 'john')).length > 0);

    const draft = await client.content.initialize(ada, null);
    const content = Buffer.from('přehled ✓');
    const url =
      draft.uploadUrl ??
      (await client.content.newFile(ada, draft.guid, content.length, draft.publicEncryptionKey));
    const file = { fileName: 'přehled ✓.txt', contentType: 'text/plain', sizeBytes: content.length };
    const documentId = await client.files.upload(url, {
      ...file,
      content: (async function* () {
        yield content;
      })(),
    });
    const { guid } = await client.content.commit(ada, {
      guid: draft.guid,
      userEmail: null,
      subject: 'Contract',
      message: null,
      documentIds: [documentId],
      securityProfileId: '10',
      publicEncryptionKey: draft.publicEncryptionKey,
      notificationLanguage: 'en',
      emailNotificationEnabled: null,
      recipients: [{ email: 'bob@ext.example', firstName: null, companyName: null }],
      options: { replyEnabled: null, expirationValue: null },
    });
    const [sent] = (await client.boxes.section(ada, guid, 'messages'))[0]?.documents ?? [];
    assert.deepEqual([sent?.name, sent?.sha], ['přehled ✓.txt', sha256(content)]);
    const options = await client.boxes.section(ada, guid, 'securityOptions');
    assert.equal(options.replyEnabled, true, 'a null takes the value of the profile');

    const { body } = await client.files.download(await client.boxes.fileUrl(ada, guid, sent?.id ?? '', null));
    assert.equal(sha256(Buffer.concat(await body.toArray())), sha256(content));
    await client.boxes.act(ada, guid, 'close');
    const audit = await client.files.download(await client.boxes.auditRecordUrl(ada, guid));
    assert.match(String(Buffer.concat(await audit.body.toArray())), /^%PDF/);
    assert.equal(simulator.control.calls()['tokenSentToFileServer'], undefined);
  });
}

for (const badCredentialsStatus of [400, 401] as const) {
  test(`wrong credentials are told by their code, not by the status ${badCredentialsStatus}`, async (t) => {
    const { client, simulator } = await openSafeboxClient(t);
    simulator.control.changeDialect({ badCredentialsStatus });
    await assert.rejects(
      client.signIn({ ...ADA, password: 'wrong' }),
      refusedWith({ code: 'WRONG_SECRET', providerCode: '102', path: ['password'] }),
    );
    const otto = { ...ADA, username: 'otto', password: 'otto-demo-password' };
    await assert.rejects(
      client.signIn(otto),
      refusedWith({ code: 'WRONG_SECRET', providerCode: '106', path: ['oneTimePassword'] }),
    );
    assert.equal(typeof (await client.signIn({ ...otto, oneTimePassword: '000000' })).token, 'string');
  });
}

test('a token that was revoked ends the session, and that of the enterprise is no longer accepted', async (t) => {
  const { client, simulator } = await openSafeboxClient(t);
  const ada = await signIn(client);
  simulator.control.revokeTokens({ username: 'ada' });
  await assert.rejects(client.boxes.list(ada, {}, 1, 1), refusedWith({ code: 'CREDENTIAL_EXPIRED' }));
  const enterprise = {
    kind: 'enterprise',
    id: 'all',
    token: client.enterpriseToken ?? '',
    userId: null,
  } as const;
  assert((await client.boxes.list(enterprise, {}, 1, 1)).count > 0);
  await assert.rejects(
    client.accounts.userSettings(enterprise, null),
    refusedWith({ code: 'SIGN_IN_REQUIRED' }),
  );
  simulator.control.revokeTokens({});
  await assert.rejects(
    client.boxes.list(enterprise, {}, 1, 1),
    refusedWith({ code: 'PROVIDER_UNAUTHENTICATED' }),
  );
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
