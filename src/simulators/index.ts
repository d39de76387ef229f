import { guardCryptoSimulator } from './guardcrypto/simulator.js';
import type { SimulatorDefinition, SimulatorDescription } from './kit/simulator.js';
import { messaging2faSimulator } from './messaging2fa/simulator.js';
import { safeboxSimulator } from './safebox/simulator.js';
import { vipidentitySimulator } from './vipidentity/simulator.js';
import { xqkeysSimulator } from './xqkeys/simulator.js';

const definitions: readonly SimulatorDefinition[] = [
  guardCryptoSimulator,
  messaging2faSimulator,
  safeboxSimulator,
  vipidentitySimulator,
  xqkeysSimulator,
];

/** Every simulator by the name of its provider. */
export const simulators: ReadonlyMap<string, SimulatorDefinition> = new Map(
  definitions.map((simulator) => [simulator.name, simulator]),
);

/** What a simulator is, without starting it: for help and pages. Undefined when there is none of this name. */
export function describeSimulator(name: string): SimulatorDescription | undefined {
  return simulators.get(name)?.describe();
}
