import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readExamples } from '../../../src/gateway/read-examples.js';
import { messaging2faSimulator } from '../../../src/simulators/messaging2fa/simulator.js';
import { askGraph, startSealgraph } from '../../support/sealgraph.js';
import { startSimulator, temporaryDirectory } from '../../support/simulators.js';
import type { Teardown } from '../../support/simulators.js';
import { createTokenIssuer } from '../../support/token-issuer.js';

/** Names all five providers; one of them is configured. */
const EVERYTHING = /* GraphQL */ `
  {
    twoFactorMessages {
      edges {
        node {
          id
        }
      }
    }
    safeBoxes {
      edges {
        node {
          id
        }
      }
    }
    vipUser(userId: "anna@example.com") {
      status
    }
    xqKeys {
      edges {
        node {
          locator
        }
      }
    }
    guardKeyRings {
      id
    }
    person(email: "Anna@example.com") {
      email
      vipUser {
        status
      }
      twoFactorMessages {
        edges {
          node {
            id
          }
        }
      }
    }
    viewer {
      subject
      safeBoxSession {
        state
      }
    }
  }
`;
const CREATE = 'mutation { createVipUser(input: { userId: "anna" }) { problem { code provider } } }';
const NOBODY = { edges: [] };

function example(name: string): [document: string, variables: Record<string, unknown>] {
  const found = readExamples().find((one) => one.name === name);
  assert(found);
  return [found.document, { ...found.variables }];
}

const SCOPES = ['messaging2fa', 'safebox', 'vipidentity', 'xqkeys', 'guardcrypto'].flatMap((provider) =>
  ['read', 'write'].map((scope) => `${provider}:${scope}`),
);

async function settingsOf(t: Teardown) {
  const issuer = createTokenIssuer();
  const simulator = await startSimulator(t, messaging2faSimulator);
  const common = async () => ({ SEALGRAPH_DATA_DIR: await temporaryDirectory(t), PORT: '0' });
  const secrets = { VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}` };
  const anna = await issuer.callerWith('anna', SCOPES);
  return { issuer, common, anna, provider: { ...simulator.environment, ...secrets } };
}

const MODES = {
  async 'in one process'(t: Teardown) {
    const { issuer, common, anna, provider } = await settingsOf(t);
    const settings = { ...(await common()), ...provider, ...issuer.settings };
    return { url: await startSealgraph(t, ['start'], settings).lineAfter('ready'), anna };
  },
  async 'as services'(t: Teardown) {
    const { issuer, common, anna, provider } = await settingsOf(t);
    const shared = { GATEWAY_SECRET: randomBytes(32).toString('hex') };
    const service = { ...(await common()), ...provider, ...shared };
    const subgraph = await startSealgraph(t, ['subgraph', 'messaging2fa'], service).lineAfter('ready');
    const gateway = {
      ...(await common()),
      ...shared,
      ...issuer.settings,
      MESSAGING2FA_SUBGRAPH_URL: subgraph,
    };
    return { url: await startSealgraph(t, ['gateway'], gateway).lineAfter('ready'), anna };
  },
};

for (const [mode, start] of Object.entries(MODES)) {
  test(`with one provider ${mode}, what names the others answers null with NOT_CONFIGURED, and the rest is there`, async (t) => {
    const { url, anna } = await start(t);
    const { data, errors = [] } = await askGraph(url, EVERYTHING, {}, anna);
    assert.deepEqual(data, {
      twoFactorMessages: NOBODY,
      safeBoxes: null,
      vipUser: null,
      xqKeys: null,
      guardKeyRings: null,
      person: { email: 'anna@example.com', vipUser: null, twoFactorMessages: NOBODY },
      viewer: { subject: 'anna', safeBoxSession: null },
    });
    assert.deepEqual(
      errors.map(({ extensions }) => extensions?.['code']),
      Array(6).fill('NOT_CONFIGURED'),
    );
    const created = await askGraph(url, CREATE, {}, anna);
    assert.deepEqual(created.data, {
      createVipUser: { problem: { code: 'NOT_CONFIGURED', provider: 'VIPIDENTITY' } },
    });
    const verified = await askGraph(url, ...example('guardcrypto/local-verify-pgp'), anna);
    assert.match(JSON.stringify(verified), /"isVerified":true.*"problem":null/);
  });
}

test('large mails are encrypted by ticket though their provider is not configured', async (t) => {
  const { url, anna } = await MODES['in one process'](t);
  const { data } = await askGraph(url, ...example('guardcrypto/local-encrypt-pgp-large'), anna);
  const { ticket } = Object(data)['encryptPgpMessage'] as { ticket: { url: string } };
  const answer = await fetch(new URL(ticket.url, url), {
    method: 'PUT',
    body: 'From: a@example.com\r\n\r\nHello',
  });
  assert.deepEqual([answer.status, /BEGIN PGP MESSAGE/.test(await answer.text())], [200, true]);
});

test('a provider is simulated beside a real one when it is named, loudly, and answers', async (t) => {
  const { issuer, common, anna, provider } = await settingsOf(t);
  const settings = { ...(await common()), ...provider, ...issuer.settings, VIPIDENTITY_MODE: 'simulated' };
  const sealgraph = startSealgraph(t, ['start'], settings);
  const url = await sealgraph.lineAfter('ready');
  assert.match(await sealgraph.lineAfter('simulated:'), /vipidentity.*MADE UP/);
  const logged = sealgraph.errors().split('\n');
  assert.deepEqual(
    logged.flatMap((line) => (line.includes('made up') ? [JSON.parse(line) as object] : [])).map(withoutTime),
    [
      {
        level: 'warn',
        provider: 'vipidentity',
        msg: 'this provider is simulated: its answers are made up',
      },
    ],
  );
  const { data } = await askGraph(url, EVERYTHING, {}, anna);
  const { vipUser, xqKeys } = data as Record<string, unknown>;
  assert.deepEqual([vipUser, xqKeys], [null, null]);
  const created = await askGraph(url, CREATE, {}, anna);
  assert.deepEqual(created.data, { createVipUser: { problem: null } });
  assert.equal(await sealgraph.end('SIGTERM'), 0);
});

function withoutTime(line: object): object {
  return Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'time'));
}

const REFUSED: readonly [why: string, args: string[], settings: Record<string, string>, sentence: RegExp][] =
  [
    ['a public address', ['start'], { HOST: '0.0.0.0' }, /VIPIDENTITY_MODE is simulated, but HOST/],
    ...['https://api.example.com', 'http://192.168.0.7:4000', 'https://localhost.example.com'].map(
      (address): (typeof REFUSED)[number] => [
        `the address ${address} behind a proxy`,
        ['start'],
        { PUBLIC_URL: address },
        /VIPIDENTITY_MODE is simulated, but PUBLIC_URL/,
      ],
    ),
    [
      'a provider that is configured too',
      ['start'],
      { VIPIDENTITY_SUBGRAPH_URL: 'http://127.0.0.1:1/graphql', GATEWAY_SECRET: 'x'.repeat(32) },
      /VIPIDENTITY_MODE is simulated, but this provider is configured too/,
    ],
    [
      'another role',
      ['gateway'],
      { MESSAGING2FA_SUBGRAPH_URL: 'http://127.0.0.1:1/graphql', GATEWAY_SECRET: 'x'.repeat(32) },
      /VIPIDENTITY_MODE is for sealgraph start alone/,
    ],
  ];
for (const [why, args, settings, sentence] of REFUSED) {
  test(`simulating a provider is refused for ${why}, in one sentence`, async (t) => {
    const directory = await temporaryDirectory(t);
    const given = { SEALGRAPH_DATA_DIR: directory, PORT: '0', VIPIDENTITY_MODE: 'simulated', ...settings };
    const sealgraph = startSealgraph(t, args, given);
    assert.equal(await sealgraph.exited, 1);
    assert.match(sealgraph.errors(), sentence);
    assert.equal(sealgraph.errors().trim().split('\n').length, 1);
  });
}
