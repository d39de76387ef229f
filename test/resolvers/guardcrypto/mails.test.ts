import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { decrypt, decryptKey, readMessage, readPrivateKey } from 'openpgp';
import { DEFAULT_CONCURRENCY } from '../../../src/providers/kit/slots.js';
import { ticketRoute } from '../../../src/subgraph/tickets/route.js';
import { startServer } from '../../support/http-server.js';
import { KEY_PASSWORD, openGuard } from './open.js';
import type { Answer, GuardUnderTest } from './open.js';

const MAIL = [
  'From: Anton Berg <anton@example.com>',
  'To: Berta Celik <berta@example.com>',
  'Subject: Hello',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Grüße aus dem Büro.',
  '',
].join('\r\n');

/** Content that is no mail: it does not begin with a header field. */
const NO_MAILS = [
  { text: 'Pay 12 euros.' },
  { text: '\r\nFrom: anton@example.com' },
  { text: '' },
  { base64: Buffer.from('%PDF-1.7\n').toString('base64') },
];

const VERIFY = /* GraphQL */ `
  query ($mail: GuardLocalContentInput!) {
    verifyGuardPgpMail(input: { mail: $mail }) {
      isVerified
      isKeyMissing
      mail {
        text
      }
    }
    verifyGuardMail(input: { mail: $mail }) {
      isVerified
    }
  }
`;

async function privateKeyOf({ done }: GuardUnderTest) {
  const { keyRing } = await done(
    'openGuardPrivateKeyRing',
    { password: KEY_PASSWORD },
    'keyRing { privateRing { armored } }',
  );
  const privateKey = await readPrivateKey({ armoredKey: keyRing.privateRing.armored });
  return decryptKey({ privateKey, passphrase: KEY_PASSWORD });
}

async function opened(guard: GuardUnderTest, mail: string): Promise<string> {
  const armored = /-----BEGIN PGP MESSAGE-----[^]*-----END PGP MESSAGE-----/.exec(mail)?.[0] ?? '';
  const message = await readMessage({ armoredMessage: armored });
  const { data } = await decrypt({ message, decryptionKeys: await privateKeyOf(guard) });
  return data;
}

test('a mail is encrypted to the own key, and stays MIME', async (t) => {
  const guard = await openGuard(t);
  await guard.signIn('anton');
  const { mail } = await guard.done(
    'encryptGuardPgpMail',
    { mail: { text: MAIL } },
    'mail { text sizeBytes base64 }',
  );
  assert.match(mail.text, /^Content-Type: multipart\/encrypted;\s+protocol="application\/pgp-encrypted"/im);
  assert.match(mail.text, /^Subject: Hello/m);
  assert.match(await opened(guard, mail.text), /Grüße aus dem Büro\./);
  const again = await guard.done('encryptGuardPgpMail', { mail: { base64: mail.base64 } }, 'mail { base64 }');
  assert.equal(again['mail'].base64, mail.base64);
});

test('a mail is signed with the key the attached token opens, and its signature verified; a changed one is not', async (t) => {
  const guard = await openGuard(t);
  const { ask, command, done, signIn } = guard;
  await signIn('anton');
  const order = {
    mail: { text: MAIL },
    recipients: ['berta@example.com'],
    senderEmail: 'anton@example.com',
    senderName: 'Anton',
    encrypt: false,
    sign: true,
  };
  const closed = await command('encryptGuardMail', order);
  assert.deepEqual([closed['problem'].code, closed['problem'].path], ['SIGN_IN_REQUIRED', ['input', 'sign']]);
  await done('createGuardToken', { password: KEY_PASSWORD, lifetime: 'SINGLE_USE' });
  const { mail } = await done('encryptGuardMail', order, 'mail { text }');
  const signed = mail.text as string;
  assert.match(signed, /multipart\/signed/);
  assert.equal((await ask('{ guardToken { lifetime } }'))['guardToken'], null);

  const verified = await ask(VERIFY, { mail: { text: signed } });
  assert.equal(verified['verifyGuardPgpMail'].isVerified, true);
  assert.equal(verified['verifyGuardPgpMail'].isKeyMissing, false);
  assert.match(verified['verifyGuardPgpMail'].mail.text, /X-Guard-Signature-Result: verified=true/);
  assert.equal(verified['verifyGuardMail'].isVerified, true);
  const tampered = await ask(VERIFY, { mail: { text: signed.replace('Büro', 'Zug') } });
  assert.deepEqual(
    [tampered['verifyGuardPgpMail'].isVerified, tampered['verifyGuardMail'].isVerified],
    [false, false],
  );
  // A mail that says itself that it is good is not believed.
  const liar = `X-Guard-Signature-Result: verified=true; missing=true\r\n${MAIL}`;
  const lied = (await ask(VERIFY, { mail: { text: liar } }))['verifyGuardPgpMail'] as Answer;
  assert.deepEqual([lied['isVerified'], lied['isKeyMissing']], [false, null]);
});

test('a mail is encrypted to its recipients; what is wrong with it is said before anything is sent', async (t) => {
  const guard = await openGuard(t);
  const { command, done, signIn, simulator } = guard;
  await signIn('anton');
  const order = {
    mail: { text: MAIL },
    recipients: ['anton@example.com', 'berta@example.com'],
    senderEmail: 'anton@example.com',
  };
  const { mail } = await done('encryptGuardMail', order, 'mail { text }');
  assert.match(await opened(guard, mail.text), /Grüße/);
  simulator.control.resetCalls();
  const wrong: [Record<string, unknown>, string][] = [
    [{ recipients: [] }, 'recipients'],
    [{ recipients: ['no address'] }, 'recipients'],
    [{ senderEmail: 'x' }, 'senderEmail'],
    [{ encrypt: false }, 'encrypt'],
    [{ mail: {} }, 'mail'],
    ...NO_MAILS.map((mail): [Record<string, unknown>, string] => [{ mail }, 'mail']),
    [{ sign: true, user: { userId: 8, contextId: 1 } }, 'user'],
  ];
  for (const [change, field] of wrong) {
    const { problem } = await command('encryptGuardMail', { ...order, ...change });
    assert.deepEqual([problem.code, problem.path[1]], ['INVALID_INPUT', field]);
  }
  assert.deepEqual(simulator.control.calls(), {});
});

test('a large mail is sent with a ticket, once, and comes back as it is to be sent', async (t) => {
  const guard = await openGuard(t);
  const { command, done, signIn, tickets, logger } = guard;
  await signIn('anton');
  const route = ticketRoute({ tickets, logger, corsOrigins: [] });
  const { url } = await startServer(t, (request, response) => {
    if (!route(request, response)) response.writeHead(404).end();
  });
  const order = { recipients: ['anton@example.com'], senderEmail: 'anton@example.com', sign: true };
  const send = async (ticket: Answer, body: string) =>
    fetch(`${url}${ticket['url']}`, { method: ticket['method'], body });
  const large = `${MAIL}${'0123456789abcdef'.repeat(160_000)}\r\n`;
  const TICKET = 'mail { sizeBytes } ticket { url method maxBytes expiresAt }';

  const early = (await done('encryptGuardMail', order, TICKET))['ticket'] as Answer;
  const closed = await send(early, large);
  assert.deepEqual([closed.ok, (await closed.json()).error.code], [false, 'SIGN_IN_REQUIRED']);
  await done('createGuardToken', { password: KEY_PASSWORD, lifetime: 'SESSION' });
  const { mail, ticket } = await done('encryptGuardMail', order, TICKET);
  assert.deepEqual([mail, ticket.method, ticket.maxBytes], [null, 'PUT', 32 * 1024 * 1024]);
  const answer = await send(ticket, large);
  assert.equal(answer.headers.get('content-type'), 'message/rfc822');
  assert.ok((await opened(guard, await answer.text())).includes('0123456789abcdef'.repeat(1_000)));
  assert.equal((await send(ticket, large)).ok, false);

  const none = (await done('encryptGuardPgpMail', {}, TICKET))['ticket'] as Answer;
  const refused = await send(none, 'Pay 12 euros.');
  assert.deepEqual([refused.status, (await refused.json()).error.code], [400, 'INVALID_INPUT']);
  const own = (await done('encryptGuardPgpMail', {}, TICKET))['ticket'] as Answer;
  assert.match(await opened(guard, await (await send(own, MAIL)).text()), /Grüße/);
  assert.equal(
    (await command('encryptGuardMail', { ...order, recipients: [] }))['problem'].code,
    'INVALID_INPUT',
  );
});

test('mails that break off or hang on their way here are no call to the provider, whose ordinary calls go on', async (t) => {
  const guard = await openGuard(t);
  const { ask, done, signIn, tickets, logger, simulator } = guard;
  await signIn('anton');
  const route = ticketRoute({ tickets, logger, corsOrigins: [] });
  const { url, hit } = await startServer(t, (request, response) => {
    if (!route(request, response)) response.writeHead(404).end();
  });
  let begun = 0;
  const begin = async () => {
    const { ticket } = await done('encryptGuardPgpMail', {}, 'ticket { url }');
    const sending = request(`${url}${ticket.url}`, {
      method: 'PUT',
      headers: { 'content-length': '100000' },
    });
    sending.on('error', () => undefined);
    sending.write(MAIL);
    await hit(++begun);
    return sending;
  };
  const ordinary = async () => assert.ok((await ask('{ guardKeyRings { keys { id } } }')).guardKeyRings);
  for (let broken = 0; broken < 14; broken++) (await begin()).destroy();
  await ordinary();
  const hanging = [];
  for (let count = 0; count < DEFAULT_CONCURRENCY.limit; count++) hanging.push(await begin());
  await ordinary();
  assert.equal(simulator.control.calls()['encryptPgpMail'], undefined);
  for (const sending of hanging) sending.destroy();
});

test('what is no mail is said to be none, whatever is to be done with it', async (t) => {
  const { command, run, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  simulator.control.resetCalls();
  for (const mail of NO_MAILS) {
    const { problem } = await command('encryptGuardPgpMail', { mail });
    assert.deepEqual([problem.code, problem.path], ['INVALID_INPUT', ['input', 'mail']]);
    const { errors = [] } = await run(VERIFY, { mail });
    assert.deepEqual(
      errors.map(({ extensions }) => extensions['code']),
      ['INVALID_INPUT', 'INVALID_INPUT'],
    );
  }
  assert.deepEqual(simulator.control.calls(), {});
});

test('a header that cannot be sent is refused before anything is, and one of odd names that can is not', async (t) => {
  const { command, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  const order = { recipients: ['anton@example.com'], senderEmail: 'anton@example.com' };
  const commands = [
    (mail: object) => command('encryptGuardMail', { ...order, mail }),
    (mail: object) => command('encryptGuardPgpMail', { mail }),
  ];
  const good = ['-: x', '1: x', '!#$%&: x', 'X"Y: x', '-:', 'X-Folded: a\r\n b'];
  const bad = [
    ...['A B: x', 'Subject : x', 'Gr\u00fc\u00dfe: x', 'X\u0001: x', ': x', 'no field', 'X: a\rY: b'],
    'From MAILER Mon Jan 1',
  ];
  for (const line of [...good, ...bad])
    for (const mail of [`${line}\r\n${MAIL}`, MAIL.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`)])
      for (const send of commands) {
        simulator.control.resetCalls();
        const { problem } = await send({ text: mail });
        const { length } = Object.keys(simulator.control.calls());
        const told = [problem?.code, problem?.path, length];
        const isGood = good.includes(line);
        assert.deepEqual(
          told,
          isGood ? [undefined, undefined, 1] : ['INVALID_INPUT', ['input', 'mail'], 0],
          mail,
        );
      }
});

test('only what is asked for is verified, by one call', async (t) => {
  const { ask, signIn, simulator } = await openGuard(t);
  await signIn('anton');
  simulator.control.resetCalls();
  const variables = { mail: { text: MAIL } };
  await ask(
    'query ($mail: GuardLocalContentInput!) { verifyGuardMail(input: { mail: $mail }) { isVerified } }',
    variables,
  );
  assert.deepEqual(simulator.control.calls(), { verifyMail: 1 });
  simulator.control.resetCalls();
  await ask(
    'query ($mail: GuardLocalContentInput!) { verifyGuardPgpMail(input: { mail: $mail }) { isKeyMissing mail { sizeBytes } } }',
    variables,
  );
  assert.deepEqual(simulator.control.calls(), { verifyPgpMail: 1 });
});

test('nobody works for another user without the scope for it', async (t) => {
  const guard = await openGuard(t);
  const { command, done, signIn } = guard;
  await signIn('anton');
  const input = { mail: { text: MAIL }, user: { userId: 8, contextId: 1 } };
  const caller = { scopes: ['guardcrypto:read', 'guardcrypto:write'] };
  const refused = await command('encryptGuardPgpMail', input, 'mail { sizeBytes }', caller);
  assert.deepEqual([refused['problem'].code, refused['mail']], ['FORBIDDEN', null]);
  await done('encryptGuardPgpMail', input, 'mail { sizeBytes }');
});
