import 'reflect-metadata';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { AuditRecord } from '../../src/audit.js';
import { AuthenticationError } from '../../src/auth/authenticator.js';
import type { Authenticator } from '../../src/auth/authenticator.js';
import type { Rates } from '../../src/rates/rates.js';
import { globalId } from '../../src/subgraph/global-id.js';
import { simulators } from '../../src/simulators/index.js';
import { subgraphs } from '../../subgraphs/index.js';
import { post } from '../support/gateway/post.js';
import { remotely, Service } from '../support/gateway/remote.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { StreamClient } from '../support/gateway/stream-client.js';
import { openSubgraph } from '../support/open-subgraph.js';
import { startSimulator } from '../support/simulators.js';

const SCOPES = 'messaging2fa:read messaging2fa:write';
const ANN = `ann/${SCOPES}`;
const MISSING = globalId('TwoFactorMessage', '00000000-0000-4000-8000-000000000000');

/** Who is called busy has had too many requests; who is called writer too many mutations. */
const rates: Rates = {
  take: async (rate, { subject }) => {
    const isAllowed = subject !== (rate === 'requests' ? 'busy' : 'writer');
    return { isAllowed, of: 'caller', limit: 1, remaining: 0, windowMs: 60_000, resetMs: 1_000 };
  },
};

const authenticator: Authenticator = {
  authenticate: async (presented) => {
    if (presented === undefined) throw new AuthenticationError('UNAUTHENTICATED');
    const [subject = '', scopes = ''] = presented.replace('Bearer ', '').split('/');
    return { tenant: 'test', subject, scopes: new Set(scopes.split(' ')) };
  },
};

interface Stage {
  readonly endpoint: string;
  readonly audited: AuditRecord[];
  /** Of a message that belongs to bob. */
  readonly bobs: string;
  readonly services: readonly Service[];
}

const SEND = /* GraphQL */ `
  mutation {
    sendTwoFactorMessage(input: { recipients: ["approve@example.test"], body: "Pay?" }) {
      twoFactorMessage {
        id
      }
      problem {
        code
      }
    }
  }
`;

async function openStage(t: TestContext, asServices: boolean): Promise<Stage> {
  const module = subgraphs.find(({ name }) => name === 'messaging2fa');
  const definition = simulators.get('messaging2fa');
  assert(module && definition);
  const { environment } = await startSimulator(t, definition);
  const audited: AuditRecord[] = [];
  const audit = (record: AuditRecord): void => void audited.push(record);
  const { subgraph, run } = await openSubgraph(t, { module, environment, polls: false, audit });
  const bob = { subject: 'bob', tenant: 'test' };
  const { data } = await run<{ sendTwoFactorMessage: { twoFactorMessage: { id: string } } }>(SEND, {}, bob);
  const bobs = data.sendTwoFactorMessage.twoFactorMessage.id;
  const options = { authenticator, rates, audit, limits: { operationsPerCaller: 1 } };
  if (!asServices) {
    const local = { name: subgraph.name, sdl: subgraph.sdl, local: subgraph };
    return {
      ...{ audited, bobs, services: [] },
      ...(await startGateway(t, { subgraphs: [local], ...options })),
    };
  }
  const service = await new Service(subgraph, undefined, audit).start();
  t.after(() => service.stop());
  const named = new Map([[subgraph.name, service]]);
  return {
    ...{ audited, bobs, services: [service] },
    ...(await startGateway(t, { ...remotely(named), ...options })),
  };
}

type Ask = (endpoint: string, document: string, caller: string | undefined) => Promise<void>;

const TRANSPORTS: Readonly<Record<string, Ask>> = {
  HTTP: async (endpoint, document, caller) => {
    const headers = { 'content-type': 'application/json', ...bearer(caller) };
    await (
      await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query: document }) })
    ).text();
  },
  'server-sent events': async (endpoint, document, caller) => {
    const stream = await StreamClient.open(endpoint, 'text/event-stream', document, {
      headers: bearer(caller),
    });
    while ((await stream.until('\n')) !== undefined);
  },
  WebSocket: async (endpoint, document, caller) => {
    const socket = await SocketClient.open(endpoint);
    const { authorization } = bearer(caller);
    socket.send({ type: 'connection_init', ...(authorization && { payload: { authorization } }) });
    if (caller === undefined) return void (await socket.closed);
    await socket.next();
    socket.subscribe('1', document);
    for (let last = ''; !['complete', 'error'].includes(last);) last = (await socket.next()).type;
    await socket.close();
  },
};

function bearer(caller: string | undefined): Record<string, string> {
  return caller === undefined ? {} : { authorization: `Bearer ${caller}` };
}

interface Refusal {
  readonly what: string;
  readonly document: (id: string) => string;
  readonly caller?: string;
  /** Field, code, and whether the id is among what it is about. */
  readonly record: readonly [string | null, string, boolean];
  /** Where it can be refused like that at all. Default: everywhere. */
  readonly over?: readonly string[];
}

const read = (id: string): string => `{ twoFactorMessage(id: "${id}") { id } }`;
const node = (id: string): string => `{ any: node(id: "${id}") { id } }`;
const follow = (id: string): string =>
  `subscription { twoFactorMessageChanged(id: "${id}") { twoFactorMessage { id } } }`;
const cancel = (id: string): string =>
  `mutation { cancelTwoFactorMessage(input: { id: "${id}" }) { problem { code } } }`;
const FIELDS: readonly (readonly [string, (id: string) => string])[] = [
  ['Query.twoFactorMessage', read],
  ['Query.node', node],
  ['Subscription.twoFactorMessageChanged', follow],
  ['Mutation.cancelTwoFactorMessage', cancel],
];
const many = (id: string): string => {
  const aliases = Array.from({ length: 16 }, (_, at) => `a${at}: __typename`).join(' ');
  return `query { twoFactorMessage(id: "${id}") { id } ...Loop } fragment Loop on Query { ${aliases} ...Loop }`;
};

const REFUSALS: readonly Refusal[] = [
  ...FIELDS.flatMap(([field, document]): Refusal[] => [
    { what: `${field} without a token`, document, record: [null, 'UNAUTHENTICATED', false] },
    { what: `${field} without the scope`, document, caller: 'eve', record: [field, 'FORBIDDEN', true] },
    { what: `${field} of somebody else's`, document, caller: ANN, record: [field, 'NOT_FOUND', true] },
    {
      what: `${field} of what there is not`,
      document: () => document(MISSING),
      caller: ANN,
      record: [field, 'NOT_FOUND', true],
    },
    {
      what: `${field} too often`,
      document,
      caller: `busy/${SCOPES}`,
      record: [field, 'RATE_LIMITED', true],
    },
  ]),
  {
    what: 'a mutation too often',
    document: cancel,
    caller: `writer/${SCOPES}`,
    record: ['Mutation.cancelTwoFactorMessage', 'RATE_LIMITED', true],
  },
  {
    what: 'a mutation that does not fit its type',
    document: (id) => cancel(id).replace('problem {', 'nothing problem {'),
    caller: ANN,
    record: ['Mutation.cancelTwoFactorMessage', 'GRAPHQL_VALIDATION_FAILED', true],
  },
  {
    what: 'too large an operation',
    document: many,
    caller: ANN,
    record: ['Query.twoFactorMessage', 'LIMIT_EXCEEDED', true],
  },
  {
    what: 'too long a document',
    document: (id) => read(id) + ' '.repeat(50_000),
    caller: ANN,
    record: [null, 'LIMIT_EXCEEDED', false],
  },
];

for (const [where, asServices] of [
  ['in this process', false],
  ['as services', true],
] as const)
  suite(`what is refused, subgraphs ${where}`, () => {
    for (const [transport, ask] of Object.entries(TRANSPORTS))
      test(`over ${transport} leaves one record each, of who asked for what`, async (t) => {
        const { endpoint, audited, bobs } = await openStage(t, asServices);
        for (const { what, document, caller, record } of REFUSALS) {
          audited.length = 0;
          await ask(endpoint, document(bobs), caller);
          const id = document(bobs).includes(MISSING) ? MISSING : bobs;
          assert.deepEqual(
            audited.map(({ field, code, targets, subject, tenant }) => [
              field,
              code,
              targets,
              subject,
              tenant,
            ]),
            [
              [
                ...record.slice(0, 2),
                record[2] ? { id } : {},
                ...(caller === undefined ? [null, null] : [caller.split('/')[0], 'test']),
              ],
            ],
            what,
          );
          assert.match(audited[0]?.requestId ?? '', /^[\w.-]{8,64}$/, what);
        }
      });

    for (const transport of ['server-sent events', 'WebSocket'])
      test(`a subscription too many over ${transport} leaves a record`, async (t) => {
        const { endpoint, audited, bobs } = await openStage(t, asServices);
        const caller = `bob/${SCOPES}`;
        const first = await StreamClient.open(endpoint, 'text/event-stream', follow(bobs), {
          headers: bearer(caller),
        });
        await first.nextEvent();
        audited.length = 0;
        await TRANSPORTS[transport]?.(endpoint, follow(bobs), caller);
        first.abort();
        assert.deepEqual(
          audited.map(({ field, code, targets }) => [field, code, targets]),
          [['Subscription.twoFactorMessageChanged', 'LIMIT_EXCEEDED', { id: bobs }]],
        );
      });

    test('what is made is in the record of its making', async (t) => {
      const { endpoint, audited } = await openStage(t, asServices);
      audited.length = 0;
      const { body } = await post(endpoint, SEND, { headers: bearer(ANN) });
      const payload = body.data?.['sendTwoFactorMessage'] as { twoFactorMessage: { id: string } };
      assert.deepEqual(
        audited.map(({ field, code, targets }) => [field, code, targets]),
        [['Mutation.sendTwoFactorMessage', 'OK', { twoFactorMessage: payload.twoFactorMessage.id }]],
      );
    });
  });

test('a mutation whose service is away leaves a record at the gateway', async (t) => {
  const { endpoint, audited, bobs, services } = await openStage(t, true);
  for (const service of services) await service.stop();
  audited.length = 0;
  await post(endpoint, cancel(bobs), { headers: bearer(ANN) });
  assert.deepEqual(
    audited.map(({ field, code, targets }) => [field, code, targets]),
    [['Mutation.cancelTwoFactorMessage', 'SUBGRAPH_UNAVAILABLE', { id: bobs }]],
  );
});

test('who is turned away by a service leaves a record there', async (t) => {
  const { audited, services } = await openStage(t, true);
  const [service] = services;
  assert(service);
  audited.length = 0;
  await post(service.url, '{ __typename }');
  const socket = await SocketClient.open(service.url);
  socket.send({ type: 'connection_init' });
  await socket.closed;
  assert.deepEqual(
    audited.map(({ field, code, subject }) => [field, code, subject]),
    [
      [null, 'UNAUTHENTICATED', null],
      [null, 'UNAUTHENTICATED', null],
    ],
  );
});
