import { existsSync, rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Simulator, SimulatorDefinition, SimulatorOptions } from '../../src/simulators/kit/simulator.js';

/** What `startSimulator` ties the end of things to: a test, or a whole suite. */
export interface Teardown {
  after(end: () => Promise<void>): void;
}

/**
 * Starts a simulator that ends with the test. Without `dir` it has a directory of its own, with certificates made
 * once per process, because finding keys takes time.
 */
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

/** A new simulator directory with usable certificates and nothing else, removed with the test. */
export async function simulatorDirectory(test: Teardown, definition: SimulatorDefinition): Promise<string> {
  const dir = await temporaryDirectory(test);
  const certificates = join(await certificatesOf(definition), 'certificates');
  if (existsSync(certificates)) await cp(certificates, join(dir, 'certificates'), { recursive: true });
  return dir;
}

/** An empty directory, removed with the test. */
export async function temporaryDirectory(test: Teardown): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-simulator-'));
  test.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

const templates = new Map<string, Promise<string>>();

function certificatesOf(definition: SimulatorDefinition): Promise<string> {
  const known = templates.get(definition.name);
  if (known !== undefined) return known;
  const made = makeTemplate(definition);
  templates.set(definition.name, made);
  return made;
}

async function makeTemplate(definition: SimulatorDefinition): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'sealgraph-template-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  await (await definition.start({ dir })).stop();
  return dir;
}
