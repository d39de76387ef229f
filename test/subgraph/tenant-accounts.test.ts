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
import { openSharedStore, openSubgraph } from '../support/open-subgraph.js';
import { LOCAL, OWN } from '../support/answered-here.js';
import { originsCalled, providerCallsEnded } from '../support/provider-calls.js';
import { ManualClock } from '../support/manual-clock.js';
import { startSimulator } from '../support/simulators.js';
import { openTenants, type TenantsUnderTest } from '../support/tenant-accounts.js';
import { askAs, begin, inTime, problem, SCRIPTS, type Answer } from '../support/tenant-scripts.js';

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
      await assertOwn(world, tenant, () => timePasses(world.clock, script.pollsWithinMs));
      // What the first follows may be polled meanwhile.
      const called = await originsCalled(() => begin(world, other, script));
      assert(called.some((origin) => world.origins.get(other)?.includes(origin)));
    });

  test(`${module.name}: a tenant without an account gets NOT_CONFIGURED from every operation that needs the provider, and calls nobody`, async (t) => {
    const world = await openTenants(t, { module, definition, tenants: ['acme'] });
    const { schema } = module.build();
    const fieldsOf = (type: GraphQLObjectType | null | undefined) =>
      Object.values(type?.getFields() ?? {}).filter(({ name }) => ![...OWN, ...LOCAL].includes(name));
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

  test(`${module.name}: nothing that a tenant had at the account of all is used at one of its own, and it is there when it comes back`, async (t) => {
    const clock = new ManualClock();
    const shared = openSharedStore(t, clock);
    const { environment } = await startSimulator(t, definition, { clock });
    const ofAll = { module, environment, clock, shared, polls: false };
    const before = await openSubgraph(t, ofAll);
    const followed = await inTime(before, script.begin(askAs(before, 'acme')));
    await inTime(before, before.follow(followed, {}, { tenant: 'acme' }));
    const own = await openTenants(t, { module, definition, tenants: ['acme'], clock, shared });
    assert.deepEqual(await originsCalled(() => timePasses(clock, script.pollsWithinMs)), []);
    const kept = script.kept;
    const shown = async (world: Pick<TenantsUnderTest, 'run'>) =>
      kept && (await world.run(kept.document, {}, { tenant: 'acme' })).data;
    assert.deepEqual(await shown(own), kept?.nothing);
    let first: Answer = {};
    const called = await originsCalled(async () => (first = await begin(own, 'acme', script)));
    for (const origin of called) assert(own.origins.get('acme')?.includes(origin), origin);
    assert.match(JSON.stringify(first), /"sequence":1\b/);
    if (kept) assert.notDeepEqual(await shown(await openSubgraph(t, ofAll)), kept.nothing);
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

/** Until what is followed is polled for sure. */
async function timePasses(clock: ManualClock, ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= 5_000) {
    await clock.advance(5_000);
    await providerCallsEnded();
  }
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
