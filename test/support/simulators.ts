import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulators/kit/simulator.js';

/** What `startSimulator` ties the end of things to: a test, or a whole suite. */
export interface Teardown {
  after(end: () => Promise<void>): void;
}

/** Starts a simulator that ends with the test. Without `dir` it has one of its own from `simulatorDirectory`. */
export async function startSimulator<Control>(
  test: Teardown,
  definition: SimulatorDefinition<Control>,
  options: Partial<SimulatorOptions> = {},
): Promise<Simulator<Control>> {
  const dir = options.dir ?? (await simulatorDirectory(test, definition));
  const simulator = await definition.start({ ...options, dir });
  test.after(() => simulator.stop());
  return simulator;
}

/**
 * A new simulator directory, removed with the test. In it are certificates, and the seeds of a world of keys, made once
 * for all tests: finding keys takes seconds. Nothing has happened in that world.
 */
export async function simulatorDirectory(test: Teardown, definition: SimulatorDefinition): Promise<string> {
  const dir = await temporaryDirectory(test);
  const template = await templateOf(definition);
  for (const kept of ['certificates', ...(definition.name === 'guardcrypto' ? ['state.json'] : [])]) {
    const path = join(template, kept);
    if (existsSync(path)) await cp(path, join(dir, kept), { recursive: true });
  }
  return dir;
}

/** An empty directory, removed with the test. */
export async function temporaryDirectory(test: Teardown): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-simulator-'));
  test.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

// `npm test` names a folder for all its processes; a test file that runs alone has one of its own.
const shared = process.env['SEALGRAPH_TEST_TEMPLATES'] ?? ownFolder();
const templates = new Map<string, Promise<string>>();

function templateOf(definition: SimulatorDefinition): Promise<string> {
  const known = templates.get(definition.name) ?? makeTemplate(definition);
  templates.set(definition.name, known);
  return known;
}

async function makeTemplate({ name, start }: SimulatorDefinition): Promise<string> {
  const path = join(shared, name);
  if (existsSync(path)) return path;
  const dir = await mkdtemp(`${path}-`);
  const simulator = await start({ dir });
  // Whoever answers has its seeds.
  await fetch(`${simulator.controlUrl}/time`);
  await simulator.stop();
  // Another process may have been faster; its template is as good.
  await rename(dir, path).catch(() => rm(dir, { recursive: true }));
  return path;
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealgraph-templates-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
