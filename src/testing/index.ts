import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../clock.js';
import { simulators } from '../simulators/index.js';
import { seededRandom } from '../simulators/kit/random.js';
import type { StartSimulator } from './api.js';
import { controlAt } from './control-at.js';

export type * from './api.js';

/** Starts the simulator of a provider in this process, on loopback. @throws TypeError when there is none of this name */
export const startSimulator: StartSimulator = async (name, options = {}) => {
  const { seed, clock, faults = [], plant = [], stepMs, port, dir } = options;
  const definition = simulators.get(name);
  if (definition === undefined)
    throw new TypeError(`There is no simulator ${name}: name one of ${[...simulators.keys()].join(', ')}.`);
  const folder = dir ?? (await mkdtemp(join(tmpdir(), `sealgraph-${name}-`)));
  const running = await definition.start({
    dir: folder,
    ...(seed !== undefined && { random: seededRandom(String(seed)) }),
    ...(clock !== undefined && { clock: { ...systemClock, now: () => clock.now() } }),
    ...(stepMs !== undefined && { stepMs }),
    ...(port !== undefined && { port }),
  });
  const stop = async (): Promise<void> => {
    await running.stop();
    if (dir === undefined) await rm(folder, { recursive: true, force: true });
  };
  const control = controlAt(running.controlUrl);
  try {
    for (const verbs of plant)
      for (const [verb, input] of Object.entries(verbs)) await control.tell(verb, { ...(input as object) });
    for (const fault of faults) await control.tell('injectFault', { ...fault });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name,
    url: running.url,
    certificates: running.files,
    settings: running.environment,
    control,
    stop,
    [Symbol.asyncDispose]: stop,
  };
};
