import { z } from 'zod';
import type { GraphQLSchema } from 'graphql';
import type { Example } from '../../src/gateway/example.js';
import type { Data } from './ask.js';
import type { Coverage } from './coverage-file.js';
import type { Prices } from '../../src/gateway/prices.js';
import { cacheDifferences } from './cache-differences.js';
import { countCalls, type CountedWorld } from './count-calls.js';
import { PriceCheck } from './price-check.js';
import { runExample, type Run } from './run-example.js';
import { tenTimes } from './ten-times.js';
import { usedFields } from './used-fields.js';
import type { World } from './world.js';

export interface CoverageCheck {
  readonly coverage: Coverage;
  readonly examples: readonly Example[];
  /** Whether an example is run for its own sake; any can be run before another. */
  run(example: Example): boolean;
  /** The API schema. */
  readonly schema: GraphQLSchema;
  /** What fields cost, in calls to providers. */
  readonly prices: Prices;
  /** Every provider of the graph. */
  readonly providers: readonly string[];
  openWorld(providers: readonly string[]): Promise<World>;
}

export interface CoverageResult {
  /** `N/M`: those whose example runs, selects the field and reaches the provider. */
  readonly operations: string;
  /** `N/M`: those that an example which runs selects or gives. */
  readonly attributes: string;
  /** One sentence for each example that fails and each thing that is not covered. */
  readonly problems: readonly string[];
  /** What each example that runs answers, by its name. */
  readonly answers: ReadonlyMap<string, Data>;
}

/** What one example has shown. */
interface Shown {
  readonly fields: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
  readonly data: Data;
  readonly conflicts: readonly string[];
  readonly mispriced: readonly string[];
  readonly uncounted: readonly string[];
}

/** Runs every example, each in a world of its own, and compares what they did with what the providers have. */
export async function checkCoverage(check: CoverageCheck): Promise<CoverageResult> {
  const problems: string[] = [];
  const shown = new Map<string, Shown>();
  for (const { name } of check.examples.filter((example) => check.run(example))) {
    try {
      shown.set(name, await show(name, check));
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }

  const { operations, attributes } = check.coverage;
  const missing = operations.flatMap(({ provider, name, at }) => {
    if (!at) return [`${provider} ${name}: is nowhere in the graph`];
    const example = shown.get(at.example);
    if (!example) return [`${provider} ${name}: its example ${at.example} does not run`];
    if (!example.fields.has(at.field)) return [`${provider} ${name}: ${at.example} does not use ${at.field}`];
    if (!example.calls.has(`${provider}.${at.calls}`))
      return [
        `${provider} ${name}: ${at.example} does not call ${at.calls}, but ${[...example.calls].join(' ')}`,
      ];
    return [];
  });
  for (const [name, { conflicts }] of shown)
    problems.push(...conflicts.map((conflict) => `${name}: two objects share an id: ${conflict}.`));
  for (const [name, { mispriced }] of shown) problems.push(...mispriced.map((how) => `${name}: ${how}`));
  for (const [name, { uncounted }] of shown)
    problems.push(...uncounted.map((call) => `${name}: calls ${call} without the id of its request.`));
  const fields = new Set([...shown.values()].flatMap((one) => [...one.fields]));
  const unused = attributes.filter(({ at }) => !fields.has(at));
  problems.push(
    ...missing,
    ...unused.map(({ provider, name, at }) => `${provider} ${name}: no example uses ${at}`),
  );
  return {
    operations: `${operations.length - missing.length}/${operations.length}`,
    attributes: `${attributes.length - unused.length}/${attributes.length}`,
    problems,
    answers: new Map([...shown].map(([name, { data }]) => [name, data])),
  };
}

const counters = z.record(z.string(), z.number());

async function show(
  name: string,
  { examples, schema, prices, providers, openWorld }: CoverageCheck,
): Promise<Shown> {
  const [folder = ''] = name.split('/');
  const needed = providers.includes(folder) ? [folder] : providers;
  const world = await openWorld(needed);
  const counted = countCalls(world);
  try {
    const runs = await runExample(name, new Map(examples.map((one) => [one.name, one])), counted);
    const calls = await Promise.all(
      needed.map(async (provider) =>
        Object.keys(counters.parse(await world.look(provider, 'calls'))).map((call) => `${provider}.${call}`),
      ),
    );
    const own = runs.at(-1);
    return {
      fields: own ? usedFields(schema, own.example.document, own.variables) : new Set(),
      calls: new Set(calls.flat()),
      data: own?.data ?? {},
      conflicts: own ? cacheDifferences(schema, { ...own, document: own.example.document }) : [],
      mispriced: own ? await mispriced(own, counted, new PriceCheck(schema, prices)) : [],
      uncounted: counted.uncounted(),
    };
  } finally {
    counted.close();
    await world.close();
  }
}

/** Of the example as it was run last, and of the same ten times over where it changes something. */
async function mispriced(
  { example: { document }, variables }: Run,
  world: CountedWorld,
  price: PriceCheck,
): Promise<readonly string[]> {
  const run = { document, variables, calls: world.lastCalls() };
  const problems = [...price.tooLow(run), ...price.tooHigh(run)];
  const repeated = tenTimes(document);
  if (repeated === undefined) return problems;
  // What it asks for may be done already, or refused as a whole: it has its price all the same.
  await world.ask(repeated, variables).catch(() => undefined);
  const often = price.tooLow({ document: repeated, variables, calls: world.lastCalls() });
  return [...problems, ...often.map((how) => `ten times over, it ${how}`)];
}
