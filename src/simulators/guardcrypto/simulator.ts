import { systemClock, type Clock } from '../../clock.js';
import { answering } from '../kit/answer.js';
import { CallCounters } from '../kit/call-counters.js';
import { startControl } from '../kit/control.js';
import { FaultInjector } from '../kit/faults.js';
import { listen } from '../kit/listener.js';
import { cryptographicRandom, type RandomSource } from '../kit/random.js';
import type { Simulator, SimulatorDefinition, SimulatorOptions } from '../kit/simulator.js';
import { controlInterface, createControl, type GuardCryptoControl } from './control.js';
import { Envelope } from './envelope.js';
import { RequestLog } from './request-log.js';
import { seedState } from './seeds.js';
import { keepServerCredentials } from './server-credentials.js';
import { answerRequest, type ServerParts } from './server.js';
import { StateFile } from './state/state-file.js';
import { World } from './state/world.js';

/** Stand-in for an OX App Suite with Guard: HTTP, with real OpenPGP and S/MIME; one world per `dir`. */
export const guardCryptoSimulator: SimulatorDefinition<GuardCryptoControl> = {
  name: 'guardcrypto',
  start,
};

async function start(options: SimulatorOptions): Promise<Simulator<GuardCryptoControl>> {
  const { dir, port = 0, host, clock = systemClock, random = cryptographicRandom } = options;
  const { world, isNeeded } = openWorld(dir, clock, random);
  const credentials = keepServerCredentials(dir);
  const parts: ServerParts = {
    world,
    credentials,
    envelope: new Envelope(Math.floor(clock.now() / 1000)),
    faults: new FaultInjector(clock),
    counters: new CallCounters(),
    log: new RequestLog(),
  };
  const listener = await listen({
    handler: answering((request) => answerRequest(parts, request)),
    port,
    host,
  });
  const control = createControl(parts);
  const controlListener = await startControl(controlInterface(control));
  return {
    name: guardCryptoSimulator.name,
    url: `${listener.url}/appsuite/api`,
    environment: {
      GUARDCRYPTO_URL: `${listener.url}/appsuite/api`,
      GUARDCRYPTO_REST_USER: credentials.restUser,
      GUARDCRYPTO_REST_PASSWORD: credentials.restPassword,
      GUARDCRYPTO_SUPPORT_USER: credentials.supportUser,
      GUARDCRYPTO_SUPPORT_PASSWORD: credentials.supportPassword,
    },
    files: {},
    control,
    controlUrl: controlListener.url,
    async stop() {
      await Promise.all([listener.stop(), controlListener.stop()]);
      if (isNeeded()) await Promise.allSettled([world()]);
    },
  };
}

interface OpenedWorld {
  /** Made when it is first needed: the keys of the seeds take a second to find, for which no start should wait. */
  readonly world: () => Promise<World>;
  /** Whether anybody has asked for the world. */
  readonly isNeeded: () => boolean;
}

function openWorld(dir: string, clock: Clock, random: RandomSource): OpenedWorld {
  const file = new StateFile(dir);
  const stored = file.load();
  const seeded = async (): Promise<World> => {
    const world = new World(stored ?? (await seedState()), file, clock, random);
    world.save();
    return world;
  };
  let world: Promise<World> | undefined;
  return { world: () => (world ??= seeded()), isNeeded: () => world !== undefined };
}
