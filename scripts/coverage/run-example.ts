import { existsSync, readFileSync } from 'node:fs';
import type { Example } from '../../src/gateway/example.js';
import type { Data } from './ask.js';
import { useTickets } from './tickets.js';
import type { World } from './world.js';

/** What ran: the example itself, and before it those it needs. */
export interface Run {
  readonly example: Example;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly data: Data;
}

/** `# First: safebox/sign-in, safebox/initialize` in a document: what has to be run before. */
const FIRST = /^# First: (.+)$/m;
/** `{path of place}` as a value: what stands at that path in the answer of an example, or of a simulator's noun. */
const REFERENCE = /^\{(\S+) of (?:the simulator )?(\S+)\}$/;

/**
 * Runs an example as a person would: first those its comment names, then itself, with what they answered put in.
 * @throws Error naming the example that fails
 */
export async function runExample(
  name: string,
  examples: ReadonlyMap<string, Example>,
  world: Pick<World, 'url' | 'ask' | 'look'>,
): Promise<readonly Run[]> {
  const runs = new Map<string, Run>();

  const run = async (wanted: string): Promise<void> => {
    if (runs.has(wanted)) return;
    const example = examples.get(wanted);
    if (!example) throw new Error(`There is no example ${wanted}.`);
    for (const first of FIRST.exec(example.document)?.[1]?.split(/, */) ?? []) await run(first);
    try {
      const variables = await filledObject(example.variables ?? {});
      const data = await world.ask(example.document, variables);
      await useTickets(world.url, data, uploadOf(wanted));
      runs.set(wanted, { example, variables, data });
    } catch (error) {
      throw new Error(`${wanted}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  };

  const filledObject = async (given: object): Promise<Record<string, unknown>> => {
    const entries: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(given)) entries[key] = await filled(value);
    return entries;
  };

  const filled = async (value: unknown): Promise<unknown> => {
    if (Array.isArray(value)) return Promise.all(value.map(filled));
    if (typeof value === 'object' && value !== null) return filledObject(value);
    const [, path, place = ''] = typeof value === 'string' ? (REFERENCE.exec(value) ?? []) : [];
    if (path === undefined) return value;
    const [simulator = '', noun] = place.split('.');
    const found = at(noun === undefined ? runs.get(place)?.data : await world.look(simulator, noun), path);
    if (found === undefined) throw new Error(`there is no ${path} of ${place}`);
    return found;
  };

  await run(name);
  return [...runs.values()];
}

/** What the example sends with its ticket, kept beside it where anything will not do. */
function uploadOf(name: string): Buffer | undefined {
  const path = `schema/operations/${name}.upload`;
  return existsSync(path) ? readFileSync(path) : undefined;
}

/** What stands at a path like `messages.-1.pin`; a negative number counts from the end. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner.at(Number(step)) as unknown;
    return typeof inner === 'object' && inner !== null
      ? Object.entries(inner).find(([key]) => key === step)?.[1]
      : undefined;
  }, value);
}
