import { systemClock } from '../../clock.js';
import { CallCounters } from '../kit/call-counters.js';
import { startControl } from '../kit/control.js';
import { FaultInjector } from '../kit/faults.js';
import { listen } from '../kit/listener.js';
import { cryptographicRandom } from '../kit/random.js';
import type { Simulator, SimulatorDefinition, SimulatorOptions } from '../kit/simulator.js';
import { controlInterface, createControl, type SafeboxControl } from './control.js';
import { createApi } from './routes/api.js';
import { createFileServer } from './routes/file-server.js';
import { ACME } from './state/directory.js';
import { seed } from './state/seeds.js';
import { Service } from './state/service.js';
import { enterpriseToken } from './state/tokens.js';

/** Stand-in for SendSecure: portal and server on one port, the file server on another, plain HTTP. */
export const safeboxSimulator: SimulatorDefinition<SafeboxControl> = { name: 'safebox', start };

async function start(options: SimulatorOptions): Promise<Simulator<SafeboxControl>> {
  const { dir, port = 0, host, clock = systemClock, random = cryptographicRandom, stepMs = 1000 } = options;
  const service = new Service({ dir, clock, random, stepMs });
  if (!service.restored) seed(service);
  const faults = new FaultInjector(clock);
  const counters = new CallCounters();
  const addresses = { server: '', files: '' };
  const parts = { service, addresses, faults, counters };

  const files = await listen({ handler: createFileServer(parts), host });
  const server = await listen({ handler: createApi(parts), port, host });
  addresses.files = files.url;
  addresses.server = server.url;
  const control = createControl(parts);
  const controlListener = await startControl(controlInterface(control));
  return {
    name: safeboxSimulator.name,
    url: server.url,
    environment: {
      SAFEBOX_URL: server.url,
      SAFEBOX_ENTERPRISE_ACCOUNT: ACME.permalink,
      SAFEBOX_API_TOKEN: enterpriseToken(service, ACME),
      SAFEBOX_FILE_ORIGINS: files.url,
    },
    files: {},
    control,
    controlUrl: controlListener.url,
    async stop() {
      await Promise.all([server.stop(), files.stop(), controlListener.stop()]);
      await service.close();
    },
  };
}
