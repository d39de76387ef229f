import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { healthRoute } from '../../src/http/health.js';
import { eventually } from '../live/redis-world.js';
import type { Teardown } from '../support/simulators.js';
import { EFFECTS, LISTS, MADE } from './effects.js';
import { assertHonestOrUnsent, codeOf, examplesOf } from './once.js';
import { onStage } from './stage.js';
import type { Stage, StageStore } from './stage.js';

/** A way in which a store that answers can keep nothing. */
export interface Fault {
  readonly name: string;
  /** Whether something small may still find room, and readiness, which is small, does. Default false. */
  readonly isPartial?: boolean;
  readonly break: () => Promise<unknown>;
}

/** A store of its own with what can happen to it. */
export interface BreakableStore extends StageStore {
  readonly faults: readonly (Fault & { readonly heal: () => Promise<unknown> })[];
  /** What it does not recover from. */
  readonly end?: Fault;
  /** What can be damaged apart from the rest. Default nothing. */
  readonly tables?: readonly string[];
  readonly damage?: (table: string) => Promise<unknown>;
  ready(): boolean | Promise<boolean>;
}

export type OpenStore = (test: Teardown) => Promise<BreakableStore>;

/** Tests for every mutation with an effect that it has none while its store can keep nothing. */
export function testCannotKeep(kind: string, openStore: OpenStore): void {
  for (const [provider, effects] of Object.entries(EFFECTS))
    for (const [field, operation] of Object.entries(effects)) {
      const [example = ''] = examplesOf(provider, field);
      const title = `${field} over ${kind}`;
      const staged = (use: Use) => onStageOver(openStore, example, field, use);
      const count = async (stage: Stage): Promise<number> => (await stage.calls())[operation] ?? 0;

      test(`${title}: what cannot be kept is not begun, and readiness says so`, () =>
        staged(async (stage, store) => {
          let done = 0;
          const isRefused = async ({ name, isPartial = false }: Fault, key: string): Promise<void> => {
            const code = codeOf(await stage.send(0, key));
            const sent = (await count(stage)) - done;
            if (isPartial) assertHonestOrUnsent(code, sent);
            else assert.deepEqual({ code, sent }, { code: 'STORE_UNAVAILABLE', sent: 0 }, name);
          };
          for (const fault of store.faults) {
            await fault.break();
            if (!fault.isPartial) assert.equal(await readiness(store), 503, fault.name);
            await isRefused(fault, 'once');
            await fault.heal();
            await isReady(store);
          }
          assert.equal(codeOf(await stage.send()), null);
          done = await count(stage);
          assert.ok(done > 0);
          if (!store.end) return;
          await store.end.break();
          await isRefused(store.end, 'another');
          assert.equal(await readiness(store), 503, store.end.name);
        }));

      const list = LISTS[field];
      if (list)
        test(`${title}: what could not be kept any more once it was begun is listed later`, async () => {
          let isLeft = true;
          for (let at = 0; isLeft; at++)
            await staged(async (stage, store) => {
              const fault = store.faults[at];
              isLeft = at + 1 < store.faults.length;
              assert(fault);
              const before = JSON.stringify(await stage.ask(list));
              for (let calls = 1; (await count(stage)) === 0; calls++) {
                stage.stores.beforeCall(calls, fault.break);
                assertHonestOrUnsent(codeOf(await stage.send()), await count(stage));
                // What comes later, such as a poll, must not break it again.
                await stage.stores.disarm();
                await fault.heal();
                await isReady(store);
              }
              await stage.pass(120_000);
              assert.notEqual(JSON.stringify(await stage.ask(list)), before, fault.name);
            });
        });
    }
}

/** Tests for every mutation that makes something that nothing was made, or it is told what, whenever its store comes to its end. */
export function testEnd(kind: string, openStore: OpenStore): void {
  for (const [provider, effects] of Object.entries(EFFECTS))
    for (const [field, operation] of Object.entries(effects)) {
      const isNamed = MADE[field];
      if (isNamed === undefined) continue;
      const [example = ''] = examplesOf(provider, field);
      const count = async (stage: Stage): Promise<number> => (await stage.calls())[operation] ?? 0;
      test(`${field} over ${kind} that ends at any step: nothing was made, or it is told what`, async () => {
        let isReached = true;
        for (let calls = 0; isReached; calls++)
          await onStageOver(openStore, example, field, async (stage, store) => {
            assert(store.end);
            stage.stores.beforeCall(calls, store.end.break);
            const { problem } = await stage.send();
            isReached = stage.stores.hasFailed;
            const done = await count(stage);
            const at = `call ${calls}`;
            assertHonestOrUnsent(problem?.code ?? null, done, at);
            if (done > 0 && problem && isNamed) assert.ok(problem.reference, `${at}: no reference`);
            if (!isReached) return;
            assert.equal(codeOf(await stage.send(0, 'another')), 'STORE_UNAVAILABLE', at);
            assert.equal(await count(stage), done, at);
            assert.equal(await readiness(store), 503, at);
          });
      });
    }
}

/** Tests for every mutation that makes something that nothing was made, or it is kept, whichever table is damaged. */
export function testDamage(kind: string, openStore: OpenStore): void {
  for (const [provider, effects] of Object.entries(EFFECTS))
    for (const [field, operation] of Object.entries(effects)) {
      if (!(field in MADE)) continue;
      const [example = ''] = examplesOf(provider, field);
      test(`${field} over ${kind} of which a table or an index is damaged: nothing was made, or it is kept`, async () => {
        let isLeft = true;
        for (let at = 0; isLeft; at++)
          await onStageOver(openStore, example, field, async (stage, store) => {
            const { tables = [], damage } = store;
            const table = tables[at];
            isLeft = at + 1 < tables.length;
            assert(table !== undefined && damage);
            await damage(table);
            const code = codeOf(await stage.send());
            const sent = (await stage.calls())[operation] ?? 0;
            assert.equal(code, sent > 0 ? null : 'STORE_UNAVAILABLE', `${table}, sent ${sent}`);
          });
      });
    }
}

type Use = (stage: Stage, store: BreakableStore) => Promise<void>;

async function onStageOver(openStore: OpenStore, example: string, field: string, use: Use): Promise<void> {
  const ends: (() => unknown)[] = [];
  try {
    const store = await openStore({ after: (end) => void ends.unshift(end) });
    await onStage(example, field, (stage) => use(stage, store), store);
  } finally {
    for (const end of ends) await end();
  }
}

async function isReady(store: BreakableStore): Promise<void> {
  await eventually('it is ready', async () => (await readiness(store)) === 200);
}

/** What `/health/ready` answers. */
async function readiness(store: BreakableStore): Promise<number> {
  const route = healthRoute({ checks: { store: () => store.ready() } });
  const server = createServer((request, response) => void route(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).status;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
