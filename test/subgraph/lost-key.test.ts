import 'reflect-metadata';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { simulators } from '../../src/simulators/index.js';
import { parseKeyRing } from '../../src/vault/key-ring.js';
import { createVault } from '../../src/vault/vault.js';
import { subgraphs } from '../../subgraphs/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { openSharedStore, openSubgraph } from '../support/open-subgraph.js';
import { startSimulator } from '../support/simulators.js';

interface Listed {
  readonly list: { readonly edges: readonly { readonly node: { readonly id: string } }[] } | null;
}

const SIGN_IN = 'mutation { signInToXqAsAlias(input: { user: "sensor-17" }) { problem { code } } }';

const cases: readonly {
  readonly provider: string;
  readonly first?: string;
  readonly make: string;
  readonly list: string;
}[] = [
  {
    provider: 'messaging2fa',
    make: 'mutation { made: sendTwoFactorMessage(input: { recipients: ["bela@example.test"] }) { thing: twoFactorMessage { id } problem { code } } }',
    list: '{ list: twoFactorMessages { edges { node { id } } } }',
  },
  {
    provider: 'xqkeys',
    first: SIGN_IN,
    make: 'mutation { made: createXqKey(input: { key: ".1c0ffee", recipients: ["bo@example.com"] }) { thing: xqKey { id: locator } problem { code } } }',
    list: '{ list: xqKeys { edges { node { id: locator } } } }',
  },
];
for (const { provider, first, make, list } of cases) {
  test(`${provider}: what was sealed with a key that left the ring is left out, and the list stands`, async (t) => {
    const module = subgraphs.find(({ name }) => name === provider);
    const definition = simulators.get(provider);
    assert(module && definition);
    const clock = new ManualClock();
    const simulator = await startSimulator(t, definition, { clock });
    const { environment } = simulator;
    const ends: (() => Promise<void>)[] = [];
    t.after(async () => {
      for (const end of ends.reverse()) await end();
    });
    const scope = { after: (end: () => Promise<void>) => void ends.push(end) };
    const { ports, vault } = openSharedStore(scope, clock);
    const made: string[] = [];
    for (const ring of [
      vault,
      createVault(parseKeyRing(`new:${randomBytes(32).toString('base64')}`, 'VAULT_KEYS')),
    ]) {
      const shared = { ports, vault: ring };
      const { run } = await openSubgraph(scope, { module, environment, clock, shared, polls: false });
      if (first) assert.deepEqual((await run(first)).errors, undefined);
      const { data } = await run<{ made: { thing: { id: string } | null; problem: unknown } }>(make);
      assert.equal(data.made.problem, null);
      made.push(data.made.thing?.id ?? '');
      const { data: listed, errors } = await run<Listed>(list);
      assert.deepEqual(errors, undefined);
      assert.deepEqual(
        listed.list?.edges.map(({ node }) => node.id),
        made.slice(-1),
      );
      await clock.advance(1_000);
    }
  });
}
