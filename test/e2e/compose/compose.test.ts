import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { followOverWebSocket } from '../../support/follow.js';
import { askGraph, startSealgraph } from '../../support/sealgraph.js';
import { readComposeFile, readDockerfile } from './compose-file.js';
import { startServices } from './start-services.js';

const SEND =
  'mutation { sendTwoFactorMessage(input: { recipients: ["approve@example.test", "deny@example.test"] }) { twoFactorMessage { id } } }';
const CHANGED =
  'subscription ($id: ID!, $after: String) { twoFactorMessageChanged(id: $id, after: $after) { cursor sequence terminal twoFactorMessage { outcome } } }';

interface Sent {
  readonly sendTwoFactorMessage: { readonly twoFactorMessage: { readonly id: string } };
}

interface Changed {
  readonly twoFactorMessageChanged: {
    readonly cursor: string;
    readonly sequence: number;
    readonly terminal: boolean;
    readonly twoFactorMessage: { readonly outcome: string };
  };
}

const secrets = {
  JWT_SECRET: randomBytes(32).toString('hex'),
  GATEWAY_SECRET: randomBytes(32).toString('hex'),
  VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
};

test('what Compose starts with the simulators profile sends a message and tells its way to the end, also when one of two pollers and subgraphs dies', async (t) => {
  const services = readComposeFile({
    envFile: 'docker/simulators.env',
    variables: secrets,
    profile: 'simulators',
  });
  assert.deepEqual(
    [...services.keys()],
    ['redis', 'simulator-messaging2fa', 'messaging2fa', 'gateway', 'poller'],
  );
  const started = await startServices(t, services, { messaging2fa: 2, poller: 2 });
  const [gateway] = started.get('gateway') ?? [];
  const url = (await gateway?.lineAfter('ready')) ?? '';
  const anna = { authorization: `Bearer ${await token('anna')}` };

  for (const kills of [false, true]) {
    const { data } = await askGraph<Sent>(url, SEND, {}, anna);
    const { id } = data.sendTwoFactorMessage.twoFactorMessage;
    const first = followOverWebSocket<Changed>(url, CHANGED, { id }, anna);
    const begin = (await first.next()).value?.data.twoFactorMessageChanged;
    assert.equal(begin?.sequence, 1);
    await first.return?.();
    if (kills) for (const name of ['messaging2fa', 'poller']) await started.get(name)?.[0]?.end('SIGKILL');

    const seen = [];
    for await (const event of followOverWebSocket<Changed>(url, CHANGED, { id, after: begin.cursor }, anna))
      seen.push(event.data.twoFactorMessageChanged);
    assert.deepEqual(
      seen.map(({ sequence }) => sequence),
      seen.map((_, at) => at + 2),
    );
    assert.equal(seen.at(-1)?.terminal, true);
    assert.equal(seen.at(-1)?.twoFactorMessage.outcome, 'DENIED');
  }
});

test('without the profile and without an account a service is refused, not simulated', async (t) => {
  const issuer = { JWT_ISSUER: 'https://issuer.example.test', JWT_AUDIENCE: 'sealgraph' };
  const services = readComposeFile({ variables: { ...secrets, ...issuer } });
  assert.deepEqual([...services.keys()], ['redis', 'messaging2fa', 'gateway', 'poller']);
  for (const name of ['messaging2fa', 'poller']) {
    const { command = [], environment } = services.get(name) ?? {};
    const service = startSealgraph(t, command, { ...readDockerfile().environment, ...environment });
    assert.equal(await service.exited, 1);
    assert.equal(
      service.errors(),
      "sealgraph: MESSAGING2FA_CERT_FILE is not set, but MESSAGING2FA_URL is: set both, or none of this provider's variables.\n",
    );
  }
});

test('no secret has a default in the Compose file', () => {
  assert.throws(() => readComposeFile({ envFile: 'docker/simulators.env', variables: {} }), /VAULT_KEYS/);
  for (const missing of ['VAULT_KEYS', 'GATEWAY_SECRET'] as const)
    assert.throws(
      () => readComposeFile({ envFile: 'docker/simulators.env', variables: { ...secrets, [missing]: '' } }),
      new RegExp(missing),
    );
});

function token(subject: string): Promise<string> {
  return new SignJWT({ scope: 'messaging2fa:read messaging2fa:write', tenant: 'acme' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuer('https://issuer.example.test')
    .setAudience('sealgraph')
    .setExpirationTime('5 minutes')
    .sign(Buffer.from(secrets.JWT_SECRET));
}
