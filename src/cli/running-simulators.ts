import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Simulator } from '../simulators/kit/simulator.js';

const FILE = 'running-simulators.json';
const controlUrls = z.record(z.string(), z.string());

/** Writes down where the simulators of a sandbox are moved from, for `sealgraph simulate`. @returns how to take it back */
export function noteRunningSimulators(
  dataDir: string,
  simulators: readonly Pick<Simulator, 'name' | 'controlUrl'>[],
): () => void {
  const file = join(dataDir, FILE);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const urls = Object.fromEntries(simulators.map(({ name, controlUrl }) => [name, controlUrl]));
  writeFileSync(file, JSON.stringify(urls), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** Control URLs by the name of the provider; none when no sandbox runs on this data. */
export function readRunningSimulators(dataDir: string): Readonly<Record<string, string>> {
  try {
    return controlUrls.parse(JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')));
  } catch {
    return {};
  }
}
