import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { describeSimulator, simulators } from '../simulators/index.js';
import type { Simulator } from '../simulators/kit/simulator.js';
import { UsageError } from './command.js';

/** What people want to find in the simulators: by name, the verbs of `sealgraph simulate` in their order. */
export interface Seed {
  /**
   * Has the simulators do it, unless they did: what was planted is noted in `dataDir`.
   * @throws UsageError when one refuses, or is not there
   */
  plant(running: readonly Running[], dataDir: string): Promise<void>;
}

type Running = Pick<Simulator, 'name' | 'controlUrl'>;

interface Step {
  readonly simulator: string;
  readonly verb: string;
  readonly input: unknown;
  /** Where it stands in the file. */
  readonly place: string;
}

const seedSchema = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));
const failureSchema = z.object({ error: z.string() });

const PLANTED_FILE = 'planted-seeds.json';
const plantedSchema = z.array(z.string());

/** @throws UsageError when it cannot be read, or names what does not exist */
export function openSeed(path: string): Seed {
  const content = seedSchema.safeParse(parse(path));
  if (!content.success)
    throw new UsageError(
      `${path} must hold lists of verbs by simulator, such as {"safebox":[{"createBoxes":{"count":3}}]}.`,
    );
  const steps = Object.entries(content.data).flatMap(([simulator, list]) =>
    list.flatMap((verbs, place) =>
      Object.entries(verbs).map(([verb, input]) => ({
        ...{ simulator, verb, input },
        place: `${path}: ${simulator}[${place}].${verb}`,
      })),
    ),
  );
  for (const simulator of Object.keys(content.data)) requireSimulator(simulator, path);
  for (const step of steps) requireKnown(step);
  const digest = createHash('sha256').update(JSON.stringify(content.data)).digest('hex');
  return {
    async plant(running, dataDir) {
      const planted = readPlanted(dataDir);
      if (planted.includes(digest)) return;
      for (const step of steps) await perform(step, running);
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      writeFileSync(join(dataDir, PLANTED_FILE), JSON.stringify([...planted, digest]), { mode: 0o600 });
    },
  };
}

async function perform({ simulator, verb, input, place }: Step, running: readonly Running[]): Promise<void> {
  const controlUrl = running.find(({ name }) => name === simulator)?.controlUrl;
  if (controlUrl === undefined) throw new UsageError(`${place}: ${simulator} is not simulated here.`);
  const response = await fetch(`${controlUrl}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
  if (response.ok) return;
  const { error } = failureSchema.parse(await response.json());
  const reason = error
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
  throw new UsageError(`${place}: ${reason}. Begin anew with --fresh.`);
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`${path} must be a JSON file that can be read.`);
  }
}

/** Also of one that has nothing to do: nobody may believe that it has done it. */
function requireSimulator(name: string, path: string): void {
  if (!simulators.has(name))
    throw new UsageError(
      `${path}: there is no simulator ${name}; there are ${[...simulators.keys()].join(', ')}.`,
    );
}

function requireKnown({ simulator, verb, place }: Step): void {
  const known = describeSimulator(simulator)?.verbs.map(({ name }) => name) ?? [];
  if (!known.includes(verb)) throw new UsageError(`${place}: ${simulator} can do: ${known.join(', ')}.`);
}

function readPlanted(dataDir: string): readonly string[] {
  try {
    return plantedSchema.parse(JSON.parse(readFileSync(join(dataDir, PLANTED_FILE), 'utf8')));
  } catch {
    return [];
  }
}
