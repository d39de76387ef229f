import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { systemClock } from '../../src/clock.js';
import type { Clock } from '../../src/clock.js';
import type { Subgraph } from '../../src/subgraph/subgraph.js';
import { Counter } from '../support/gateway/counter.js';
import { post } from '../support/gateway/post.js';
import { remotely, Service } from '../support/gateway/remote.js';
import { SocketClient } from '../support/gateway/socket-client.js';
import { startGateway } from '../support/gateway/start.js';
import { within } from '../support/gateway/within.js';
import { World } from '../support/gateway/world.js';

const LOOK_EVERY_MS = 98_765;

/** The time of the system, of which the looks at schemas come when the test says. */
function lookingClock(): { clock: Clock; look: () => void } {
  let look = (): void => assert.fail('no look is planned');
  return {
    look: () => look(),
    clock: {
      now: () => systemClock.now(),
      schedule(ms, run) {
        if (ms !== LOOK_EVERY_MS) return systemClock.schedule(ms, run);
        look = run;
        return () => undefined;
      },
    },
  };
}

async function startCounting(t: TestContext, first: Subgraph, known = first) {
  const world = new World();
  const all = [first, ...world.subgraphs().filter(({ name }) => name !== 'messages')];
  const services = new Map<string, Service>();
  for (const subgraph of all) {
    const service = await new Service(subgraph).start();
    t.after(() => service.stop());
    services.set(subgraph.name, service);
  }
  const { clock, look } = lookingClock();
  const options = remotely(services);
  const running = await startGateway(t, {
    ...options,
    subgraphs: options.subgraphs.map((one) => (one.name === known.name ? { ...one, sdl: known.sdl } : one)),
    supergraphEveryMs: LOOK_EVERY_MS,
    clock,
  });
  const { log, endpoint } = running;
  const told = async (level: string): Promise<string> => {
    const find = () => log.lines.find((line) => line.level === level && line.facts['subgraph'] === 'counter');
    const wait = async (): Promise<string> => {
      for (;;) {
        const found = find();
        if (found) return found.message;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    return within(wait(), `a line of the log, ${level}`);
  };
  /** The service, with what another version of it serves. */
  const replace = async (by: Subgraph): Promise<void> => {
    await services.get('counter')?.stop();
    const again = await new Service(by, services.get('counter')).start();
    services.set('counter', again);
    t.after(() => again.stop());
  };
  return { ...running, endpoint, look, told, replace };
}

const ask = async (endpoint: string, query: string): Promise<unknown> => {
  const { body } = await post(endpoint, query);
  return body.errors?.[0]?.extensions?.['code'] ?? body.data;
};

test('A service with more in its schema is taken in without a restart, and what is subscribed goes on.', async (t) => {
  const counter = new Counter();
  counter.count();
  const { endpoint, look, told, replace, gateway } = await startCounting(t, counter.subgraph());
  const client = await SocketClient.connect(endpoint);
  client.subscribe('a', 'subscription { counted { count } }');
  await client.next();
  const before = gateway.graph;
  assert.equal(await ask(endpoint, '{ last { count doubled } }'), 'GRAPHQL_VALIDATION_FAILED');

  await replace(counter.subgraph('doubled: Int'));
  look();
  assert.match(await told('warn'), /another schema than before/);
  assert.deepEqual(await ask(endpoint, '{ last { count doubled } people { name } }'), {
    last: { count: 1, doubled: null },
    people: [{ name: 'Ann' }, { name: 'Bob' }],
  });
  assert.notEqual(gateway.graph, before);
  counter.count();
  assert.deepEqual((await client.next()).payload, { data: { counted: { count: 2 } } });
  client.subscribe('b', 'subscription { counted { count doubled } }');
  assert.deepEqual((await client.next()).payload, { data: { counted: { count: 2, doubled: null } } });
  await client.close();
  await counter.source.untilLive(0);
});

test('A service with less in its schema is taken at its word.', async (t) => {
  const counter = new Counter();
  counter.count();
  const { endpoint, look, told, replace } = await startCounting(t, counter.subgraph('doubled: Int'));
  await replace(counter.subgraph());
  look();
  await told('warn');
  assert.equal(await ask(endpoint, '{ last { doubled } }'), 'GRAPHQL_VALIDATION_FAILED');
  assert.deepEqual(await ask(endpoint, '{ last { count } }'), { last: { count: 1 } });
});

for (const way of ['while it runs on, beside a replica of the new version', 'by a restart'])
  test(`A subscription to what a service no longer has is ended at once by an error that says so, others go on: ${way}.`, async (t) => {
    const counter = new Counter();
    counter.count();
    const serves = counter.subgraph('doubled: Int');
    const { endpoint, look, told, replace } = await startCounting(t, serves);
    const client = await SocketClient.connect(endpoint);
    const next = async (): Promise<unknown> => {
      const { id, type, payload } = await client.next();
      const code = /"code":"(\w+)"/.exec(JSON.stringify(payload))?.[1];
      return [id, type, code ?? payload];
    };
    client.subscribe('more', 'subscription { counted { count doubled } }');
    assert.deepEqual(await next(), ['more', 'next', { data: { counted: { count: 1, doubled: null } } }]);
    client.subscribe('less', 'subscription { counted { count } }');
    assert.deepEqual(await next(), ['less', 'next', { data: { counted: { count: 1 } } }]);

    const less = counter.subgraph();
    if (way === 'by a restart') await replace(less);
    else {
      const answering = serves.schema.getQueryType()?.getFields()['_service'];
      assert.ok(answering);
      answering.resolve = () => ({ sdl: less.sdl });
      look();
      await told('warn');
    }
    assert.deepEqual(await next(), ['more', 'next', 'SCHEMA_CHANGED']);
    assert.deepEqual(await next(), ['more', 'complete', undefined]);
    counter.count();
    assert.deepEqual(await next(), ['less', 'next', { data: { counted: { count: 2 } } }]);
    await client.close();
    await counter.source.untilLive(0);
  });

test('A gateway of another version than a service takes its schema from the service.', async (t) => {
  const counter = new Counter();
  counter.count();
  const serves = counter.subgraph('doubled: Int');
  const { endpoint, told } = await startCounting(t, serves, counter.subgraph());
  await told('warn');
  assert.deepEqual(await ask(endpoint, '{ last { doubled } }'), { last: { doubled: null } });
});

test('A schema that does not fit the others is said in one sentence, once, and the graph stays as it was.', async (t) => {
  const counter = new Counter();
  counter.count();
  const { endpoint, look, told, replace, log } = await startCounting(t, counter.subgraph());
  await replace(counter.subgraph('person: Person } type Person @key(fields: "email") { email: Int!'));
  look();
  assert.match(
    await told('error'),
    /^The schema that subgraph "counter" has now does not fit this gateway, whose graph stays as it was: The subgraphs cannot be composed: Type of field "Person\.email"[^\n]*$/,
  );
  assert.deepEqual(await ask(endpoint, '{ last { count } }'), { last: { count: 1 } });
  await replace(counter.subgraph('doubled: Int'));
  look();
  await told('warn');
  assert.equal(log.lines.filter(({ level }) => level === 'error').length, 1);
});
