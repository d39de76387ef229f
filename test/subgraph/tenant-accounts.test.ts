// Decorators need it before the first decorated class is loaded.
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { GraphQLError, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { simulators } from '../../src/simulators/index.js';
import { subgraphs } from '../../subgraphs/index.js';
import { anyFields, SEED } from '../input/any-input.js';
import { documentFor } from '../input/selection.js';
import { originsCalled, providerCallsEnded } from '../support/provider-calls.js';
import { openTenants, type TenantsUnderTest } from '../support/tenant-accounts.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- every script knows what it asked for
type Answer = Record<string, any>;

/** Asks as a caller of one tenant; what it asks for must succeed. */
type Ask = (document: string) => Promise<Answer>;

interface Script {
  /** Signs in where that is needed, and changes something. @returns what is followed from then on */
  begin(ask: Ask): Promise<string>;
  /** Reads. */
  readonly read: string;
  /** Asks the provider for sure, each time anew. Default `read`. */
  readonly refresh?: (call: number) => string;
  /** How long until what is followed is polled for sure, milliseconds. */
  readonly pollsWithinMs: number;
}

const problem = 'problem { code message }';

const SCRIPTS: Readonly<Record<string, Script>> = {
  messaging2fa: {
    async begin(ask) {
      const { sent } = await ask(
        `mutation { sent: sendTwoFactorMessage(input: { recipients: ["nobody@example.test"], subject: "x" }) { ${problem} twoFactorMessage { id } } }`,
      );
      return `subscription { twoFactorMessageChanged(id: "${String(sent.twoFactorMessage.id)}") { sequence } }`;
    },
    read: '{ twoFactorMessages { nodes { id state } } }',
    refresh: (call) =>
      `mutation { sendTwoFactorMessage(input: { recipients: ["nobody-${call}@example.test"], subject: "x" }) { ${problem} } }`,
    pollsWithinMs: 60_000,
  },
  vipidentity: {
    async begin(ask) {
      await ask(`mutation { done: createVipUser(input: { userId: "zoe@example.com" }) { ${problem} } }`);
      return 'subscription { vipUserChanged(userId: "zoe@example.com") { sequence } }';
    },
    read: '{ vipUser(userId: "zoe@example.com") { userId status } }',
    pollsWithinMs: 600_000,
  },
  xqkeys: {
    async begin(ask) {
      const { asked } = await ask(
        `mutation { asked: requestXqAccess(input: { user: "ana@example.com" }) { ${problem} authorization { id } } }`,
      );
      const id = String(asked.authorization.id);
      await ask(
        `mutation { done: confirmXqAccess(input: { authorizationId: "${id}", pin: "123456" }) { ${problem} } }`,
      );
      await ask(`mutation { done: exchangeXqAccess(input: { authorizationId: "${id}" }) { ${problem} } }`);
      const { made } = await ask(
        `mutation { made: createXqKey(input: { key: ".1c0ffee", recipients: ["bo@example.com"] }) { ${problem} xqKey { locator } } }`,
      );
      return `subscription { xqKeyChanged(locator: "${String(made.xqKey.locator)}") { sequence } }`;
    },
    read: '{ xqSession { status } xqSubscriber { email } }',
    pollsWithinMs: 180_000,
  },
  safebox: {
    async begin(ask) {
      await ask(
        `mutation { done: signInToSafeBox(input: { username: "ada", password: "ada-demo-password" }) { ${problem} } }`,
      );
      return 'subscription { safeBoxChanged(id: "0a11ce00000000000000000000000001") { sequence } }';
    },
    read: '{ safeBoxes { nodes { id } } }',
    pollsWithinMs: 120_000,
  },
  guardcrypto: {
    async begin(ask) {
      await ask(
        `mutation { done: signInToGuard(input: { username: "anton@example.com", password: "appsuite-pw" }) { ${problem} } }`,
      );
      return 'subscription { guardKeysChanged { sequence } }';
    },
    read: '{ guardKeyRings { id } }',
    pollsWithinMs: 300_000,
  },
};

const OWN = ['viewer', 'person', '_service', '_entities'];

const TENANTS = ['acme', 'globex'] as const;

for (const module of subgraphs) {
  const definition = simulators.get(module.name);
  const script = SCRIPTS[module.name];
  assert(definition && script, module.name);

  for (const [tenant, other] of [TENANTS, [...TENANTS].reverse()])
    test(`${module.name}: what ${tenant} does, reads and follows goes to its own account, and the other's to the other`, async (t) => {
      assert(tenant && other);
      const world = await openTenants(t, { module, definition, tenants: TENANTS });
      await assertOwn(world, tenant, () => begin(world, tenant, script));
      await assertOwn(world, tenant, async () => {
        for (let leftMs = script.pollsWithinMs; leftMs > 0; leftMs -= 5_000) {
          await world.clock.advance(5_000);
          await providerCallsEnded();
        }
      });
      // What the first follows may be polled meanwhile.
      const called = await originsCalled(() => begin(world, other, script));
      assert(called.some((origin) => world.origins.get(other)?.includes(origin)));
    });

  test(`${module.name}: a tenant without an account gets NOT_CONFIGURED from every operation, and calls nobody`, async (t) => {
    const world = await openTenants(t, { module, definition, tenants: ['acme'] });
    const { schema } = module.build();
    const fieldsOf = (type: GraphQLObjectType | null | undefined) =>
      Object.values(type?.getFields() ?? {}).filter(({ name }) => !OWN.includes(name));
    const variablesFor = ({ args }: GraphQLField<unknown, unknown>) =>
      fc.sample(anyFields(args), { seed: SEED, numRuns: 1 })[0] ?? {};
    const called = await originsCalled(async () => {
      for (const [root, type] of [
        ['query', schema.getQueryType()],
        ['mutation', schema.getMutationType()],
      ] as const)
        for (const field of fieldsOf(type)) {
          const answer = await world.run(documentFor(root, field), variablesFor(field), { tenant: 'globex' });
          assert.match(JSON.stringify(answer), /"code":"NOT_CONFIGURED"/, field.name);
        }
      for (const field of fieldsOf(schema.getSubscriptionType()))
        await assert.rejects(
          world.follow(documentFor('subscription', field), variablesFor(field), { tenant: 'globex' }),
          (error: unknown) => error instanceof GraphQLError && error.extensions['code'] === 'NOT_CONFIGURED',
          field.name,
        );
    });
    assert.deepEqual(called, []);
  });

  test(`${module.name}: an account that nobody answers for is no trouble of another's`, async (t) => {
    const world = await openTenants(t, { module, definition, tenants: TENANTS });
    await begin(world, 'acme', script);
    await begin(world, 'globex', script);
    await world.stop('acme');
    for (let call = 0; call < 30; call += 1)
      await inTime(world, world.run(script.refresh?.(call) ?? script.read, {}, { tenant: 'acme' }));
    const opened = world.logger.lines.filter(({ message }) => message === 'provider breaker');
    assert.deepEqual([...new Set(opened.map(({ facts }) => facts['account']))], ['acme']);
    await askAs(world, 'globex')(script.read);
  });
}

test('wrong secrets count at the account they were tried at: who is called the same at another is somebody else', async (t) => {
  const module = subgraphs.find(({ name }) => name === 'vipidentity');
  const definition = simulators.get('vipidentity');
  assert(module && definition);
  const world = await openTenants(t, { module, definition, tenants: TENANTS });
  const codeOf = async (tenant: string, otp: string): Promise<string | null> => {
    const document = `mutation { tried: checkVipOtp(input: { userId: "gina@example.com", otp: "${otp}" }) { ${problem} } }`;
    const { data } = await inTime(world, world.run<Answer>(document, {}, { tenant }));
    return data['tried'].problem?.code ?? null;
  };
  for (let wrong = 0; wrong < 12; wrong += 1) await codeOf('globex', '000000');
  assert.deepEqual(
    [await codeOf('globex', '123456'), await codeOf('acme', '123456')],
    ['RATE_LIMITED', null],
  );
});

/** What waits between two attempts goes on. */
async function inTime<Result>({ clock }: TenantsUnderTest, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const waiting = work.finally(() => (isDone = true));
  while (!isDone) {
    await providerCallsEnded();
    await clock.advance(100);
  }
  return waiting;
}

async function begin(world: TenantsUnderTest, tenant: string, script: Script): Promise<void> {
  const ask = askAs(world, tenant);
  const events = await inTime(
    world,
    script.begin(ask).then((document) => world.follow(document, {}, { tenant })),
  );
  await inTime(world, events.next());
  await inTime(world, ask(script.read));
}

function askAs(world: TenantsUnderTest, tenant: string): Ask {
  return async (document) => {
    const { data, errors } = await world.run<Answer>(document, {}, { tenant });
    assert.equal(errors, undefined, JSON.stringify(errors));
    for (const payload of Object.values(data)) assert.equal(payload?.problem ?? null, null);
    return data;
  };
}

async function assertOwn(
  { origins }: TenantsUnderTest,
  tenant: string,
  work: () => Promise<unknown>,
): Promise<void> {
  const called = await originsCalled(work);
  assert(called.length > 0, `${tenant} has called nobody`);
  for (const origin of called)
    assert(origins.get(tenant)?.includes(origin), `${tenant} has called ${origin}`);
}
