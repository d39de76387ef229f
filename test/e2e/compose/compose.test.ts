import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { followOverWebSocket } from '../../support/follow.js';
import { declaredScopes } from '../../../src/subgraph/scopes.js';
import { subgraphs } from '../../../subgraphs/index.js';
import { askGraph, startSealgraph } from '../../support/sealgraph.js';
import { readComposeFile, readDockerfile } from './compose-file.js';
import { startServices } from './start-services.js';

const SEND =
  'mutation { sendTwoFactorMessage(input: { recipients: ["approve@example.test", "deny@example.test"] }) { twoFactorMessage { id } } }';
const CHANGED =
  'subscription ($id: ID!, $after: String) { twoFactorMessageChanged(id: $id, after: $after) { cursor sequence isTerminal twoFactorMessage { outcome } } }';

interface Sent {
  readonly sendTwoFactorMessage: { readonly twoFactorMessage: { readonly id: string } };
}

interface Changed {
  readonly twoFactorMessageChanged: {
    readonly cursor: string;
    readonly sequence: number;
    readonly isTerminal: boolean;
    readonly twoFactorMessage: { readonly outcome: string };
  };
}

interface Upload {
  readonly attachment: { readonly id: string };
  readonly ticket: {
    readonly url: string;
    readonly method: string;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
  };
}

const scopes = subgraphs.flatMap((module) => [...declaredScopes(module.build().schema)]);

const secrets = {
  JWT_SECRET: randomBytes(32).toString('hex'),
  GATEWAY_SECRET: randomBytes(32).toString('hex'),
  VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  REDIS_PASSWORD: randomBytes(32).toString('hex'),
};

test('what Compose starts with the simulators profile serves every provider, also when one of two pollers and subgraphs dies', async (t) => {
  const services = readComposeFile({
    envFile: 'docker/simulators.env',
    variables: secrets,
    profiles: ['simulators'],
  });
  const { processes, reach } = await startServices(t, services, { messaging2fa: 2, poller: 2 });
  const url = `http://${reach('balancer:4000')}/graphql`;
  const anna = { authorization: `Bearer ${await token('anna')}` };

  await sendsFileThroughItsOwnService(url, `http://${reach('balancer:4001')}`, anna);
  await followsPush(url, anna);

  for (const kills of [false, true]) {
    const { data } = await askGraph<Sent>(url, SEND, {}, anna);
    const { id } = data.sendTwoFactorMessage.twoFactorMessage;
    const first = followOverWebSocket<Changed>(url, CHANGED, { id }, anna);
    const begin = (await first.next()).value?.data.twoFactorMessageChanged;
    assert.equal(begin?.sequence, 1);
    await first.return?.();
    if (kills) for (const name of ['messaging2fa', 'poller']) await processes.get(name)?.[0]?.end('SIGKILL');

    const seen = [];
    for await (const event of followOverWebSocket<Changed>(url, CHANGED, { id, after: begin.cursor }, anna))
      seen.push(event.data.twoFactorMessageChanged);
    assert.deepEqual(
      seen.map(({ sequence }) => sequence),
      seen.map((_, at) => at + 2),
    );
    assert.equal(seen.at(-1)?.isTerminal, true);
    assert.equal(seen.at(-1)?.twoFactorMessage.outcome, 'DENIED');
  }
});

test('without the profile and without an account a service is refused, not simulated', async (t) => {
  const issuer = { JWT_ISSUER: 'https://issuer.example.test', JWT_AUDIENCE: 'sealgraph' };
  const services = readComposeFile({
    variables: { ...secrets, ...issuer },
    profiles: subgraphs.map(({ name }) => name),
  });
  assert.ok(![...services.keys()].some((name) => name.startsWith('simulator-')));
  const refusals = [
    ['messaging2fa', 'MESSAGING2FA_CERT_FILE', 'messaging2fa'],
    // Any provider will do; it names the first.
    ['poller', 'GUARDCRYPTO_URL', 'guardcrypto'],
  ] as const;
  for (const [name, variable, provider] of refusals) {
    const { command = [], environment } = services.get(name) ?? {};
    const service = startSealgraph(t, command, { ...readDockerfile().environment, ...environment });
    assert.equal(await service.exited, 1);
    assert.equal(
      service.errors(),
      `sealgraph: ${variable} is not set: the provider behind ${provider} is not configured.\n`,
    );
  }
});

test('no secret has a default in the Compose file', () => {
  for (const missing of ['VAULT_KEYS', 'GATEWAY_SECRET', 'REDIS_PASSWORD']) {
    const variables = Object.fromEntries(Object.entries(secrets).filter(([name]) => name !== missing));
    assert.throws(
      () => readComposeFile({ envFile: 'docker/simulators.env', variables }),
      new RegExp(missing),
    );
  }
  const variables = { ...secrets, REDIS_PASSWORD: '' };
  assert.throws(() => readComposeFile({ envFile: 'docker/simulators.env', variables }), /REDIS_PASSWORD/);
});

async function sendsFileThroughItsOwnService(
  url: string,
  place: string,
  headers: Record<string, string>,
): Promise<void> {
  const ask = async <Data>(query: string, input: object): Promise<Data> =>
    (await askGraph<Data>(url, query, { input }, headers)).data;
  const { initializeSafeBox } = await ask<{ initializeSafeBox: { draft: { id: string } } }>(
    'mutation ($input: InitializeSafeBoxInput!) { initializeSafeBox(input: $input) { draft { id } } }',
    { userEmail: 'ada@acme.example' },
  );
  const draftId = initializeSafeBox.draft.id;
  const { createSafeBoxUpload } = await ask<{ createSafeBoxUpload: Upload }>(
    'mutation ($input: CreateSafeBoxUploadInput!) { createSafeBoxUpload(input: $input) { attachment { id } ticket { url method headers { name value } } problem { message } } }',
    { safeBoxId: draftId, fileName: 'a.txt', contentType: 'text/plain', sizeBytes: 5 },
  );
  const { ticket, attachment } = createSafeBoxUpload;
  // Published by Compose there, here on a free port.
  assert.equal(new URL(ticket.url).origin, 'http://127.0.0.1:4001');
  const sent = await fetch(new URL(new URL(ticket.url).pathname, place), {
    method: ticket.method,
    headers: Object.fromEntries(ticket.headers.map(({ name, value }) => [name, value])),
    body: 'Hello',
  });
  assert.equal(sent.ok, true, await sent.text());
  const { commitSafeBox } = await ask<{ commitSafeBox: { safeBoxId: string; problem: unknown } }>(
    'mutation ($input: CommitSafeBoxInput!) { commitSafeBox(input: $input) { safeBoxId problem { message } } }',
    { draftId, message: 'Hi', recipients: [{ email: 'reads@partner.example' }], uploads: [attachment.id] },
  );
  assert.ok(commitSafeBox.safeBoxId, JSON.stringify(commitSafeBox.problem));
}

async function followsPush(url: string, headers: Record<string, string>): Promise<void> {
  const { data } = await askGraph<{
    pushVipUser: { vipPush: { transactionId: string } | null; problem: unknown };
  }>(
    url,
    'mutation { pushVipUser(input: { userId: "ana+approve@example.com", profile: "www.example.com" }) { vipPush { transactionId } problem { code message path } } }',
    {},
    headers,
  );
  const transactionId = data.pushVipUser.vipPush?.transactionId;
  assert.ok(transactionId, JSON.stringify(data.pushVipUser.problem));
  const query =
    'subscription ($transactionId: ID!) { vipPushChanged(transactionId: $transactionId) { vipPush { state isApproved } } }';
  const states = [];
  for await (const event of followOverWebSocket<{ vipPushChanged: { vipPush: unknown } }>(
    url,
    query,
    { transactionId },
    headers,
  ))
    states.push(event.data.vipPushChanged.vipPush);
  assert.deepEqual(states.at(-1), { state: 'APPROVED', isApproved: true });
}

function token(subject: string): Promise<string> {
  return new SignJWT({ scope: scopes.join(' '), tenant: 'acme' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuer('https://issuer.example.test')
    .setAudience('sealgraph')
    .setExpirationTime('5 minutes')
    .sign(Buffer.from(secrets.JWT_SECRET));
}
