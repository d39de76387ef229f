import { readFileSync } from 'node:fs';
import { z } from 'zod';

const operation = z.object({
  /** Where it is in the graph: `Mutation.closeSafeBox`. */
  field: z.string(),
  /** The document that shows it, below `schema/`. */
  document: z.string(),
  /** What the simulator counts when it is called; default: its name in camel case. */
  calls: z.string().optional(),
});

const attribute = z.union([z.string(), z.object({ input: z.string() })]);

const object = z.object({
  type: z.string(),
  /** Those that are not simply the camelCase of their name: another field, `Type.field`, or one of an input type. */
  attributes: z.record(z.string(), attribute).default({}),
});

const coverage = z.record(
  z.string(),
  z.object({
    operations: z.record(z.string(), operation),
    objects: z.record(z.string(), object).default({}),
  }),
);

const providerApi = z.record(
  z.string(),
  z.object({
    operations: z.array(z.string()),
    objects: z.record(z.string(), z.array(z.string())).default({}),
  }),
);

/** One operation of a provider, and where the graph has it; undefined when it has not. */
export interface CoveredOperation {
  readonly provider: string;
  readonly name: string;
  readonly at: { readonly field: string; readonly example: string; readonly calls: string } | undefined;
}

/** One attribute of an object of a provider, and the `Type.field` of the graph that gives or takes it. */
export interface CoveredAttribute {
  readonly provider: string;
  readonly name: string;
  readonly at: string;
}

export interface Coverage {
  readonly operations: readonly CoveredOperation[];
  readonly attributes: readonly CoveredAttribute[];
}

/** What the providers have (`schema/provider-api.json`), each with its place in the graph (`schema/coverage.json`). */
export function readCoverage(folder = 'schema'): Coverage {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  const places = coverage.parse(read('coverage.json'));
  const api = Object.entries(providerApi.parse(read('provider-api.json')));
  return {
    operations: api.flatMap(([provider, { operations }]) =>
      operations.map((name) => {
        const at = places[provider]?.operations[name];
        return { provider, name, at: at && placeOf(name, at) };
      }),
    ),
    attributes: api.flatMap(([provider, { objects }]) =>
      Object.entries(objects).flatMap(([owner, names]) =>
        names.map((name) => ({
          provider,
          name: `${owner}.${name}`,
          at: attributePlace(places[provider]?.objects[owner], name),
        })),
      ),
    ),
  };
}

function placeOf(name: string, at: z.output<typeof operation>): NonNullable<CoveredOperation['at']> {
  return {
    field: at.field,
    example: at.document.replace(/^operations\/|\.graphql$/g, ''),
    calls: at.calls ?? camelCase(name),
  };
}

function attributePlace(place: z.output<typeof object> | undefined, name: string): string {
  const own = place?.attributes[name] ?? camelCase(name);
  const path = typeof own === 'string' ? own : own.input;
  return path.includes('.') ? path : `${place?.type}.${path}`;
}

function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/gi, (_all, letter: string) => letter.toUpperCase());
}

/** One sentence for each provider of which nothing is listed, so that nothing to cover is not taken for all covered. */
export function unlisted(providers: readonly string[], operations: readonly CoveredOperation[]): string[] {
  return providers
    .filter((name) => !operations.some(({ provider }) => provider === name))
    .map((name) => `${name}: schema/provider-api.json lists no operation of it`);
}
