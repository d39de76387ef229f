import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { messaging2faSimulator } from '../../src/simulators/messaging2fa/simulator.js';
import { serveSubgraph } from '../../src/subgraph/serve.js';
import { followOverWebSocket } from '../support/follow.js';
import { subgraphOf } from '../support/gateway/world.js';
import { memoryLogger } from '../support/memory-logger.js';
import { askGraph, startSealgraph } from '../support/sealgraph.js';
import { startSimulator, temporaryDirectory, type Teardown } from '../support/simulators.js';
import { createTokenIssuer } from '../support/token-issuer.js';

const NAMES = ['guardcrypto', 'messaging2fa', 'safebox', 'vipidentity', 'xqkeys'];
const FOREIGN = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Query { colleagues: [Person!]! }
  type Person @key(fields: "email") { email: String! room: String }
`;

interface Sent {
  readonly sendTwoFactorMessage: {
    readonly twoFactorMessage: { readonly id: string; readonly recipients: unknown };
  };
}

interface Joined extends Partial<Sent> {
  readonly colleagues?: unknown;
  readonly twoFactorMessage?: unknown;
}

interface Changed {
  readonly twoFactorMessageChanged: { readonly sequence: number };
}

const ours = NAMES.map((name) => ({
  name,
  url: `http://${name}.invalid/graphql`,
  typeDefs: parse(readFileSync(`schema/${name}.graphql`, 'utf8')),
}));
const foreign = { name: 'office', url: 'http://office.invalid/graphql', typeDefs: parse(FOREIGN) };

for (const [composer, compose] of [
  ['@theguild/federation-composition', composeServices],
  ['@apollo/composition', composeWithApollo],
] as const)
  test(`${composer} composes the five subgraphs, also with one that adds to Person`, () => {
    assert.deepEqual(compose(ours).errors ?? [], []);
    const { errors, supergraphSdl = '' } = compose([...ours, foreign]);
    assert.deepEqual(errors ?? [], []);
    assert.match(supergraphSdl, /room: String @join__field\(graph: OFFICE\)/);
  });

test("another router asks the services with its callers' own tokens, and joins a subgraph of its own", async (t) => {
  const issuer = createTokenIssuer();
  const { url, process: service } = await startService(t, issuer.settings);
  const office = await startOffice(t);
  const places: Readonly<Record<string, string>> = { messaging2fa: url, office };
  const { supergraphSdl } = composeWithApollo(
    [...ours, foreign].map((subgraph) => ({ ...subgraph, url: places[subgraph.name] ?? subgraph.url })),
  );
  assert(supergraphSdl !== undefined);
  const router = createGatewayRuntime({
    supergraph: supergraphSdl,
    logging: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({
        authorization: request.headers.get('authorization') ?? '',
      }),
    },
  });
  t.after(async () => router[Symbol.asyncDispose]());
  const ask = async (query: string, headers: Record<string, string>) => {
    const response = await router.fetch('http://router.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as {
      data?: Joined;
      errors?: { extensions?: { code?: string } }[];
    };
  };
  const anna = await issuer.callerWith('anna', ['messaging2fa:read', 'messaging2fa:write']);
  const { data: sent, errors } = await ask(
    'mutation { sendTwoFactorMessage(input: { recipients: ["ann@example.test"] }) { twoFactorMessage { id recipients { person { email room } } } } }',
    anna,
  );
  const message = sent?.sendTwoFactorMessage?.twoFactorMessage ?? assert.fail(JSON.stringify(errors));
  assert.deepEqual(message.recipients, [
    { person: { email: 'ann@example.test', room: 'of ann@example.test' } },
  ]);
  const { data: joined } = await ask(
    '{ colleagues { email twoFactorMessages(first: 5) { edges { node { id } } } } }',
    anna,
  );
  assert.deepEqual(joined?.colleagues, [
    { email: 'ann@example.test', twoFactorMessages: { edges: [{ node: { id: message.id } }] } },
  ]);

  const bela = await issuer.callerWith('bela', ['messaging2fa:read']);
  const others = await ask(`{ twoFactorMessage(id: "${message.id}") { id } }`, bela);
  assert.equal(others.data?.twoFactorMessage, null);
  const nobody = await ask(`{ twoFactorMessage(id: "${message.id}") { id } }`, {});
  assert.ok((nobody.errors ?? []).length > 0);
  assert.equal(nobody.data?.twoFactorMessage ?? null, null);
  assert.equal(await service.end('SIGTERM'), 0, service.errors());
});

test('a service checks a forwarded token as the gateway does: for reads, writes and sockets, which end with it', async (t) => {
  const issuer = createTokenIssuer();
  const { url } = await startService(t, issuer.settings);
  const send =
    'mutation { sendTwoFactorMessage(input: { recipients: ["ann@example.test"] }) { twoFactorMessage { id } } }';
  const refused = await askGraph(url, send, {}, { authorization: 'Bearer none' });
  assert.equal(refused.status, 401);
  const reader = await issuer.callerWith('anna', ['messaging2fa:read']);
  const forbidden = await askGraph<{ sendTwoFactorMessage: unknown }>(url, send, {}, reader);
  assert.match(JSON.stringify(forbidden), /FORBIDDEN/);

  const scopes = ['messaging2fa:read', 'messaging2fa:write'];
  const { data } = await askGraph<Sent>(url, send, {}, await issuer.callerWith('anna', scopes));
  const { id } = data.sendTwoFactorMessage.twoFactorMessage;
  const follow = 'subscription ($id: ID!) { twoFactorMessageChanged(id: $id) { sequence } }';
  const authorization = `Bearer ${await issuer.tokenFor('anna', scopes, 2)}`;
  const seen: number[] = [];
  await assert.rejects(
    async () => {
      for await (const event of followOverWebSocket<Changed>(url, follow, { id }, { authorization }))
        seen.push(event.data.twoFactorMessageChanged.sequence);
    },
    { code: 4403 },
  );
  assert.deepEqual(seen, [1]);
});

test('a service that is to accept tokens and has no key for them does not start', async (t) => {
  const service = startSealgraph(t, ['subgraph', 'messaging2fa'], { SUBGRAPH_AUTH: 'jwt', PORT: '0' });
  assert.equal(await service.exited, 1);
  assert.match(
    service.errors(),
    /^sealgraph: SUBGRAPH_AUTH names jwt, but no key to verify tokens with is set\.\n$/,
  );
  const other = startSealgraph(t, ['subgraph', 'messaging2fa'], { SUBGRAPH_AUTH: 'open', PORT: '0' });
  assert.equal(await other.exited, 1);
  assert.match(other.errors(), /SUBGRAPH_AUTH must hold only signed and jwt/);
});

/** Messaging2FA as a service that another router stands in front of. */
async function startService(t: Teardown, jwt: Readonly<Record<string, string>>) {
  const simulator = await startSimulator(t, messaging2faSimulator, { stepMs: 0 });
  const process = startSealgraph(t, ['subgraph', 'messaging2fa'], {
    ...simulator.environment,
    ...jwt,
    SUBGRAPH_AUTH: 'jwt',
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    SEALGRAPH_DATA_DIR: await temporaryDirectory(t),
    PORT: '0',
  });
  return { process, url: await process.lineAfter('ready') };
}

/** A subgraph of somebody's that knows in which room a person sits. */
async function startOffice(t: Teardown): Promise<string> {
  const room = (email: unknown) => ({ email, room: `of ${String(email)}` });
  const office = subgraphOf(
    'office',
    FOREIGN,
    { Query: { colleagues: () => [room('ann@example.test')] } },
    { Person: async (keys) => keys.map(({ email }) => room(email)) },
  );
  const caller = { tenant: 'acme', subject: 'router', scopes: new Set<string>() };
  const served = await serveSubgraph(office, {
    ...{ host: '127.0.0.1', port: 0, explorable: false, logger: memoryLogger() },
    identify: async () => ({ caller, requestId: 'office-request' }),
  });
  t.after(() => served.stop());
  return served.url;
}
