import { rmSync } from 'node:fs';
import { ConfigError, loadConfig, processEnvironment } from '../config/index.js';
import type { Config, Environment } from '../config/index.js';
import { modeVariable } from '../config/simulated-providers.js';
import type { Logger } from '../log.js';
import { keepSpans } from '../spans.js';
import { createLogger } from '../logger.js';
import { providers } from '../providers/index.js';
import type { SubgraphModule } from '../subgraph/define-subgraph.js';
import { openDataFolder } from './data-folder.js';
import { logAnswersNotUnderstood } from './log-answers-not-understood.js';
import { logUnreadableRecords } from './log-unreadable-records.js';
import type { Sandbox, StartSandbox } from './sandbox.js';

/** What every long-running role begins with. */
export interface Booted {
  readonly config: Config;
  readonly logger: Logger;
  /** The subgraphs whose provider is configured, or simulated here. */
  readonly modules: readonly SubgraphModule[];
  /** To be called last of all: hands on the traces that are kept. */
  readonly endTraces: () => Promise<void>;
  /** Undefined when real providers are configured. */
  readonly sandbox: Sandbox | undefined;
  /** The simulators that run beside real providers, on purpose. */
  readonly beside: Sandbox | undefined;
}

export interface BootOptions {
  /** What traces call this process. */
  readonly role: string;
  /** What this process is to serve, by name; default every subgraph. */
  readonly names?: readonly string[];
  /** Whether simulators may stand in where no provider is configured. Default: always. */
  readonly maySimulate?: (config: Config) => boolean;
  /** Whether single providers may be simulated beside real ones. Default: never. */
  readonly mayMix?: boolean;
  /** How simulators are started. Default: in this thread. */
  readonly startSandbox?: StartSandbox;
  /** Delete what earlier sandbox runs have left. */
  readonly fresh?: boolean;
  /** Looks at the configuration before anything is started. */
  readonly check?: (config: Config, isSandbox: boolean) => void;
}

/**
 * Reads the configuration and, when it names no real provider at all, starts simulators in their place.
 * Once one is real, nothing is simulated any more but what is named: a forgotten setting must not bring in answers that
 * are made up.
 * @throws ConfigError
 */
export async function boot({
  role,
  names = providers.map(({ name }) => name),
  maySimulate = () => true,
  mayMix = false,
  fresh = false,
  startSandbox = startHere,
  check,
}: BootOptions): Promise<Booted> {
  const environment = processEnvironment();
  const configured = loadConfig(environment, providers);
  const isSandbox =
    configured.liveProviders.size === 0 && configured.subgraphUrls.size === 0 && maySimulate(configured);
  const beside = isSandbox ? [] : [...configured.simulatedProviders];
  const [first] = beside;
  if (first !== undefined && !mayMix)
    throw new ConfigError(modeVariable(first), 'is for sealgraph start alone.');
  check?.(configured, isSandbox);
  const { dataDir } = configured.server;
  if (isSandbox || beside.length > 0) openDataFolder(dataDir);
  if (fresh && isSandbox) rmSync(dataDir, { recursive: true, force: true });
  // The simulators start while the subgraphs, all of which they make live, are loaded and built.
  const simulated = isSandbox ? names : beside;
  const [world, modules] = await Promise.all([
    isSandbox || beside.length > 0 ? startSandbox(simulated, dataDir, environment) : undefined,
    loadSubgraphs(names, isSandbox),
  ]);
  const config = world ? loadConfig(withoutModes(world.environment, simulated), providers) : configured;
  const logger = createLogger({ level: config.server.logLevel ?? (isSandbox ? 'warn' : 'info') });
  const endTraces = await keepTraces(config, role, logger);
  logAnswersNotUnderstood(logger);
  logUnreadableRecords(logger);
  for (const provider of beside)
    logger.warn({ provider }, 'this provider is simulated: its answers are made up');
  return {
    config,
    logger,
    endTraces,
    modules: modules.filter(({ name }) => config.liveProviders.has(name)),
    sandbox: isSandbox ? world : undefined,
    beside: isSandbox ? undefined : world,
  };
}

/** Simulators are configured as providers are, which their modes would contradict. */
function withoutModes(environment: Environment, names: readonly string[]): Environment {
  const modes = new Set(names.map(modeVariable));
  return Object.fromEntries(Object.entries(environment).filter(([variable]) => !modes.has(variable)));
}

async function loadSubgraphs(names: readonly string[], build: boolean): Promise<readonly SubgraphModule[]> {
  if (names.length === 0) return [];
  const { subgraphs } = await import('../../subgraphs/index.js');
  const modules = subgraphs.filter(({ name }) => names.includes(name));
  if (build) for (const module of modules) module.build();
  return modules;
}

/** The libraries for it are loaded by those alone who want traces. */
async function keepTraces(
  { server: { traces } }: Config,
  role: string,
  logger: Logger,
): Promise<() => Promise<void>> {
  if (!traces) return () => Promise.resolve();
  const { openTraces } = await import('../operate/open-traces.js');
  return keepSpans(openTraces({ url: traces.url, role, ratio: traces.percent / 100, logger }));
}

// Production never loads the simulators.
const startHere: StartSandbox = async (...order) => (await import('./sandbox.js')).startSandbox(...order);
