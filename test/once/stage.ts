import 'reflect-metadata';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionResult } from 'graphql';
import { runExample } from '../../scripts/coverage/run-example.js';
import type { Environment } from '../../src/config/index.js';
import type { Example } from '../../src/gateway/example.js';
import { readExamples } from '../../src/gateway/read-examples.js';
import { simulators } from '../../src/simulators/index.js';
import type { AuditRecord } from '../../src/audit.js';
import { ticketRoute } from '../../src/subgraph/tickets/route.js';
import { subgraphs } from '../../subgraphs/index.js';
import { failingRecords } from '../support/failing-records.js';
import type { FailingRecords } from '../support/failing-records.js';
import { ManualClock } from '../support/manual-clock.js';
import { openSharedStore, openSubgraph } from '../support/open-subgraph.js';
import type { SharedStore, SubgraphUnderTest } from '../support/open-subgraph.js';
import { providerCallsEnded } from '../support/provider-calls.js';
import { startSimulator } from '../support/simulators.js';
import type { Teardown } from '../support/simulators.js';

/** What a payload says, as far as every payload does. */
export interface Payload {
  readonly problem: { readonly code: string; readonly reference: string | null } | null;
}

/** A command that is about to be sent, as its example document says, in a world where nothing else has happened. */
export interface Stage {
  readonly stores: FailingRecords;
  /** Sends it to the first or the second replica, with the same idempotency key unless another is given. */
  send(replica?: 0 | 1, key?: string): Promise<Payload>;
  /** What the audit log says of the last one sent. */
  audited(): AuditRecord | undefined;
  /** The variables it is sent with. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Runs any other operation. */
  run(document: string, variables?: Record<string, unknown>): Promise<ExecutionResult>;
  /** Answers one without errors. */
  ask(document: string, variables?: Record<string, unknown>): Promise<unknown>;
  /** Lets time pass, with what falls due meanwhile. */
  pass(ms: number): Promise<void>;
  /** How often the provider was asked for an operation since the command was first sent. */
  calls(): Promise<Readonly<Record<string, number>>>;
  /** Lets the next call of the operation have its effect, and its answer be lost. */
  cut(operation: string): Promise<void>;
}

const examples = new Map(readExamples().map((example) => [example.name, example]));

/** A store that a stage is over instead of one in memory. */
export interface StageStore extends SharedStore {
  readonly clock: ManualClock;
  readonly polls: boolean;
  /** Whether it is being asked something: no time passes until it has answered. */
  isBusy(): boolean;
}

/** Opens a stage for one use, over a store in memory unless another is given. */
export async function onStage<Result>(
  name: string,
  field: string,
  use: (stage: Stage) => Promise<Result>,
  store?: StageStore,
  settings: Environment = {},
): Promise<Result> {
  const ends: (() => Promise<void>)[] = [];
  try {
    return await use(
      await openStage({ after: (end) => void ends.unshift(end) }, name, field, store, settings),
    );
  } finally {
    for (const end of ends) await end();
  }
}

async function openStage(
  test: Teardown,
  name: string,
  field: string,
  store: StageStore | undefined,
  settings: Environment,
): Promise<Stage> {
  const [provider = ''] = name.split('/');
  const module = subgraphs.find((one) => one.name === provider);
  const definition = simulators.get(provider);
  const example = examples.get(name);
  assert(module && definition && example);
  const clock = store?.clock ?? new ManualClock();
  const simulator = await startSimulator(test, definition, { clock, stepMs: STEP_MS });
  const environment = { ...simulator.environment, ...settings };
  const shared = store ?? openSharedStore(test, clock);
  const stores = failingRecords();
  const { through } = stores;
  // One file has one poller.
  const replica = (polls: boolean): Promise<SubgraphUnderTest> =>
    openSubgraph(test, { module, environment, clock, shared, through, throughWatches: through, polls });
  const timePasses = <Answer>(answer: Promise<Answer>) =>
    timePassesUntil(answer, clock, () => store?.isBusy() ?? false);
  const first = await replica(store?.polls ?? true);
  let second: SubgraphUnderTest | undefined;
  const look = async (_simulator: string, noun: string): Promise<unknown> =>
    (await fetch(`${simulator.controlUrl}/${noun}`)).json();
  const tell = async (verb: string, input: object): Promise<void> => {
    const body = JSON.stringify(input);
    assert.ok((await fetch(`${simulator.controlUrl}/${verb}`, { method: 'POST', body })).ok);
  };

  const variables = await variablesOf(example, first, {
    look,
    url: await serveFiles(test, first),
    timePasses,
  });
  await tell('resetCalls', {});
  let lastAudit: AuditRecord | undefined;
  return {
    stores,
    async send(which = 0, key = 'once') {
      const subgraph = which === 0 ? first : (second ??= await replica(false));
      const { data, errors } = await timePasses(
        subgraph.run<Record<string, Payload>>(
          givesInput(saysReference(example.document), field, key),
          withKey(variables, key),
        ),
      );
      assert.deepEqual(errors, undefined);
      const payload = data[field];
      assert(payload);
      lastAudit = subgraph.audited.at(-1);
      return payload;
    },
    variables,
    run: (document, given) => timePasses(first.run<Record<string, unknown>>(document, given)),
    async ask(query, given) {
      const { data, errors } = await timePasses(first.run(query, given));
      assert.deepEqual(errors, undefined);
      return data;
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= STEP_MS) {
        await clock.advance(STEP_MS);
        await providerCallsEnded();
        while (store?.isBusy() === true) await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
    audited: () => lastAudit,
    calls: async () => (await look(provider, 'calls')) as Record<string, number>,
    cut: (operation) => tell('injectFault', { operation, hangUp: true, effect: true }),
  };
}

const STEP_MS = 1_000;

/** Runs what comes before an example, and answers what it would be run with. */
async function variablesOf(
  example: Example,
  subgraph: SubgraphUnderTest,
  {
    look,
    url,
    timePasses,
  }: {
    look: (simulator: string, noun: string) => Promise<unknown>;
    url: string;
    timePasses: <Answer>(answer: Promise<Answer>) => Promise<Answer>;
  },
): Promise<Record<string, unknown>> {
  let variables: Record<string, unknown> | undefined;
  await runExample(example.name, examples, {
    url,
    look,
    async ask(document, given) {
      if (document === example.document) {
        variables = given;
        return {};
      }
      const { data, errors } = await timePasses(subgraph.run<Record<string, unknown>>(document, given));
      assert.deepEqual(errors, undefined);
      assert.doesNotMatch(JSON.stringify(data), /"problem":\{/);
      return data;
    },
  });
  assert(variables);
  return variables;
}

function withKey(variables: Record<string, unknown>, idempotencyKey: string): Record<string, unknown> {
  const { input = {} } = variables;
  assert(typeof input === 'object');
  return { ...variables, input: { ...input, idempotencyKey } };
}

function saysReference(document: string): string {
  return document.replaceAll(/\bproblem\s*{/g, '$& reference');
}

/** The document with the key of the variables also where the example needs no input. */
function givesInput(document: string, field: string, key: string): string {
  return document.includes('$input')
    ? document
    : document.replace(new RegExp(`\\b${field}\\b`), `$&(input: { idempotencyKey: "${key}" })`);
}

/** Where the file tickets of an example are used. */
async function serveFiles(test: Teardown, { tickets, logger }: SubgraphUnderTest): Promise<string> {
  const route = ticketRoute({ tickets, logger, corsOrigins: [] });
  const server = createServer((request, response) => {
    if (!route(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Lets time pass until there is an answer: a command that was cut off is waited for, and so is a phone. */
async function timePassesUntil<Answer>(
  answer: Promise<Answer>,
  clock: ManualClock,
  isBusy: () => boolean,
): Promise<Answer> {
  let isThere = false;
  const waiting = answer.finally(() => (isThere = true));
  waiting.catch(() => undefined);
  for (let step = 0; !isThere; step++) {
    assert(step < 10_000, 'no answer');
    await providerCallsEnded();
    // Files and other threads have no end that could be waited for.
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (!isThere && !isBusy()) await clock.advance(STEP_MS);
  }
  return waiting;
}
