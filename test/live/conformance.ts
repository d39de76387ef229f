import { test } from 'node:test';
import { World, type AdapterFactory, type ConformanceCase } from './conformance/adapter.js';
import { busCases } from './conformance/bus-cases.js';
import { liveCases } from './conformance/live-cases.js';
import { outcomeCases } from './conformance/outcome-cases.js';
import { schedulerCases } from './conformance/scheduler-cases.js';
import { storeCases } from './conformance/store-cases.js';
import { turnCases } from './conformance/turn-cases.js';

/** Everything that every adapter of the live engine must do. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...storeCases,
  ...turnCases,
  ...schedulerCases,
  ...busCases,
  ...liveCases,
  ...outcomeCases,
];

/** Runs one case over a fresh adapter, and closes what it leaves open. */
export async function runCase(factory: AdapterFactory, { run }: ConformanceCase): Promise<void> {
  const world = new World(await factory.open());
  try {
    await run(world);
  } finally {
    await world.adapter.close();
  }
}

/** Registers the whole suite as tests of one adapter. */
export function testConformance(factory: AdapterFactory): void {
  for (const conformanceCase of conformanceCases)
    test(`${factory.name}: ${conformanceCase.promise}`, () => runCase(factory, conformanceCase));
}
