import { callControl } from './simulator-control.js';
import type { SimulatorAddress } from './simulator-control.js';
import type { PluggedPorts } from './store-plug.js';

/** What can be cut off: each provider, and the store. */
export interface Plugs {
  /** By name, whether it is plugged in. */
  all(): Readonly<Record<string, boolean>>;
  /** False when there is none of this name. @throws Error when a simulator does not answer */
  set(name: string, isPlugged: boolean): Promise<boolean>;
}

const STORE = 'store';
/** More calls than any experiment makes. */
const MANY_CALLS = 1_000_000;

/** A provider is cut off by letting its simulator hang up on every call. */
export function createPlugs(simulators: readonly SimulatorAddress[], store: PluggedPorts): Plugs {
  const pulled = new Set<string>();
  return {
    all: () => ({
      ...Object.fromEntries(simulators.map(({ name }) => [name, !pulled.has(name)])),
      [STORE]: store.isPlugged,
    }),
    async set(name, isPlugged) {
      if (name === STORE) {
        store.isPlugged = isPlugged;
        return true;
      }
      const simulator = simulators.find((one) => one.name === name);
      if (!simulator) return false;
      await callControl(simulator, 'clearFaults', '');
      if (isPlugged) pulled.delete(name);
      else {
        await callControl(simulator, 'injectFault', JSON.stringify({ hangUp: true, count: MANY_CALLS }));
        pulled.add(name);
      }
      return true;
    },
  };
}
