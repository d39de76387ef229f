import { z } from 'zod';
import type { GraphQLSchema } from 'graphql';
import type { Example } from '../../src/gateway/example.js';
import type { Data } from './ask.js';
import type { Coverage } from './coverage-file.js';
import { cacheDifferences } from './cache-differences.js';
import { runExample } from './run-example.js';
import { usedFields } from './used-fields.js';
import type { World } from './world.js';

export interface CoverageCheck {
  readonly coverage: Coverage;
  readonly examples: readonly Example[];
  /** Whether an example is run for its own sake; any can be run before another. */
  run(example: Example): boolean;
  /** The API schema. */
  readonly schema: GraphQLSchema;
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

async function show(name: string, { examples, schema, providers, openWorld }: CoverageCheck): Promise<Shown> {
  const [folder = ''] = name.split('/');
  const needed = providers.includes(folder) ? [folder] : providers;
  const world = await openWorld(needed);
  try {
    const runs = await runExample(name, new Map(examples.map((one) => [one.name, one])), world);
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
    };
  } finally {
    await world.close();
  }
}
