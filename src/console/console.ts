import type { HttpRoute } from '../http/respond.js';
import type { Logger } from '../log.js';
import type { Ports } from '../tools.js';
import { createPlugs } from './plugs.js';
import { consoleRoute } from './route.js';
import type { SimulatorAddress } from './simulator-control.js';
import { pluggedPorts } from './store-plug.js';
import { listenToCalls } from './wire-feed.js';

export interface ConsoleOptions {
  readonly simulators: readonly SimulatorAddress[];
  readonly ports: Ports;
  readonly logger: Logger;
}

/** What the console's page needs of the server besides the graph. */
export interface Console {
  /** The same ports, whose plug can be pulled. */
  readonly ports: Ports;
  /** The same logger, listened to. */
  readonly logger: Logger;
  readonly route: HttpRoute;
}

/** For sandbox mode alone: whoever reaches its route moves the simulated world. */
export function openConsole({ simulators, ports, logger }: ConsoleOptions): Console {
  const plugged = pluggedPorts(ports);
  const wire = listenToCalls(logger);
  return {
    ports: plugged.ports,
    logger: wire.logger,
    route: consoleRoute({ simulators, wire, plugs: createPlugs(simulators, plugged) }),
  };
}
