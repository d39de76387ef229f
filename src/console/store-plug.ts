import { StoreUnavailableError } from '../provider-error.js';
import type { Ports } from '../tools.js';

/** Ports that behave, while the plug is pulled, like those of a store that cannot be reached. */
export interface PluggedPorts {
  readonly ports: Ports;
  isPlugged: boolean;
}

/** What is read piece by piece. */
const LISTS: ReadonlySet<string | symbol> = new Set(['active', 'activeOf']);

/** Puts a plug between the product and its store. */
export function pluggedPorts(ports: Ports): PluggedPorts {
  const guard = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function' || name === 'close') return bound(member, target);
        if (plugged.isPlugged) return bound(member, target);
        return LISTS.has(name) ? refuseEach : refuse;
      },
    });
  const plugged: PluggedPorts = {
    isPlugged: true,
    ports: {
      ...ports,
      records: guard(ports.records),
      store: guard(ports.store),
      ready: () => plugged.isPlugged && ports.ready(),
    },
  };
  return plugged;
}

function bound(member: unknown, target: object): unknown {
  return typeof member === 'function' ? (member.bind(target) as unknown) : member;
}

async function refuse(): Promise<never> {
  throw new StoreUnavailableError(new Error('the plug is pulled'));
}

// What is listed piece by piece fails with the first piece.
async function* refuseEach(): AsyncGenerator<never> {
  yield refuse();
}
