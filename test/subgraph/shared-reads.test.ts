import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Live } from '../../src/live/engine.js';
import type { Json } from '../../src/live/ports.js';
import { readingName } from '../../src/live/watch-id.js';
import type { WatchKind } from '../../src/live/watch-kind.js';
import { simulators } from '../../src/simulators/index.js';
import type { SubgraphModule } from '../../src/subgraph/define-subgraph.js';
import { subgraphs } from '../../subgraphs/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { openSubgraph } from '../support/open-subgraph.js';
import { startSimulator } from '../support/simulators.js';
import type { Teardown } from '../support/simulators.js';

/** What a read of each kind is made with; and a key by which several owners may share it, if there is one. */
const KINDS: Readonly<Record<string, { readonly with: string; readonly shared?: Json }>> = {
  'guardcrypto.keys': { with: 'the session of its owner' },
  'guardcrypto.session': { with: 'the session of its owner' },
  'messaging2fa.message': { with: 'the account, of what its sender alone can watch' },
  'safebox.box': {
    with: 'a session, or the token of the account',
    shared: { session: 'enterprise-1', box: 'b' },
  },
  'safebox.inbox': { with: 'a session, or the token of the account', shared: { session: 'enterprise-1' } },
  'vipidentity.push': { with: 'the account, of what its sender alone can watch' },
  'vipidentity.user': {
    with: 'the account',
    shared: { userId: 'ana', onBehalfOfAccountId: null, endedBefore: 0 },
  },
  'xqkeys.authorization': { with: 'what its owner has begun' },
  'xqkeys.key': { with: 'the session of its owner' },
  'xqkeys.session': { with: 'the session of its owner' },
};

test('Only what is read with the account alone is read once for several owners: never what needs a session.', async (t) => {
  const kinds = await registeredKinds(t);
  assert.deepEqual([...kinds.keys()].toSorted(), Object.keys(KINDS));
  for (const [name, { shared }] of Object.entries(KINDS)) {
    const kind = kinds.get(name);
    assert(kind);
    const session = { owner: 'acme anna', session: randomUUID(), box: 'b', type: 'PGP', expiresAt: 0 };
    if (name !== 'vipidentity.user') assert.equal(readingName(kind, undefined, session), undefined, name);
    if (shared === undefined) assert.equal(kind.sharedAs, undefined, name);
    else {
      assert(isObject(shared));
      const [anna, bert] = ['anna', 'bert'].map((owner) =>
        readingName(kind, undefined, { ...shared, owner }),
      );
      assert.equal(anna, bert, name);
      assert(anna !== undefined && !anna.includes('enterprise-1'));
    }
  }
});

type Kind = WatchKind<Json, Json, never>;

async function registeredKinds(t: Teardown): Promise<ReadonlyMap<string, Kind>> {
  const kinds = new Map<string, Kind>();
  for (const module of subgraphs) {
    const clock = new ManualClock();
    const definition = simulators.get(module.name);
    assert(definition);
    const { environment } = await startSimulator(t, definition, { clock });
    const listening = told(module, (kind) => kinds.set(kind.name, kind));
    await openSubgraph(t, { module: listening, environment, clock, polls: false });
  }
  return kinds;
}

/** The module, which tells of the kinds that it registers. */
function told(module: SubgraphModule, registered: (kind: Kind) => void): SubgraphModule {
  return {
    ...module,
    open: (config, tools) =>
      module.open(config, {
        ...tools,
        live: new Proxy(tools.live, {
          get(live, property: keyof Live) {
            if (property !== 'register') return live[property].bind(live);
            const register: Live['register'] = (kind, client) => {
              registered(kind);
              live.register(kind, client);
            };
            return register;
          },
        }),
      }),
  };
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
