import { join } from 'node:path';
import { z } from 'zod';
import { systemClock, type Clock } from '../../clock.js';
import { answering } from './answer.js';
import { CallCounters } from './call-counters.js';
import { ensureCertificates, type CertificatePlan, type Certificates } from './certificates.js';
import { inputSchema, startControl, type Nouns, type Verbs } from './control.js';
import { FaultInjector } from './faults.js';
import { answerer, routesOf, type Host } from './host.js';
import { JsonFile } from './json-file.js';
import { listen, type ClientCertificateMode, type Listener } from './listener.js';
import { cryptographicRandom, type RandomSource } from './random.js';
import type { Simulator, SimulatorDefinition, SimulatorDescription, SimulatorOptions } from './simulator.js';
import {
  standardNouns,
  standardVerbs,
  type SimulatedClock,
  type StandardControl,
} from './standard-control.js';

/** What every simulator is lent: its time, its chance, its memory, its faults and its counters. */
export interface SimulatorKit {
  readonly clock: SimulatedClock;
  readonly random: RandomSource;
  /** Milliseconds between two steps of a scripted behaviour; 0: nothing moves by itself. */
  readonly stepMs: number;
  /** Folder for what does not fit in one file of state. Created when that is first read. */
  readonly dir: string;
  readonly faults: FaultInjector;
  readonly counters: CallCounters;
  /**
   * The one file of state, `state.json` unless it is called otherwise. Without `initial` its value has to be set.
   * To be called once; nothing is read before the simulator starts.
   */
  keep<Schema extends z.ZodType<object>>(
    schema: Schema,
    initial?: () => z.output<Schema>,
    fileName?: string,
  ): JsonFile<Schema>;
  /** Origin of this simulator, or of one of its further hosts, once it listens. */
  origin(host?: string): string;
}

/** HTTPS with client certificates. */
export interface TlsDefinition {
  readonly plan: CertificatePlan;
  /** Asked for every new connection. Default `strict`. */
  clientCertificate?(): ClientCertificateMode;
  /** Variables that name the certificates a Sealgraph needs. */
  environment(certificates: Certificates): Readonly<Record<string, string>>;
}

/** A simulated provider, told as data. It must do nothing before `open`: it is also asked for its description alone. */
export type Definition<V extends Verbs, N extends Nouns> = Host & {
  /** What it stands for, what is in it and what makes it move, for people. */
  readonly about: string;
  /** What it can be told, besides what every simulator can be told. */
  readonly verbs: V;
  /** What it can show, besides what every simulator can show. */
  readonly nouns: N;
  /** Path of the base URL after the origin; default none. */
  readonly basePath?: string;
  /** Default plain HTTP. */
  readonly tls?: TlsDefinition;
  /** Further origins, each on a port of its own. */
  readonly hosts?: Readonly<Record<string, Host>>;
  /** Makes what has to be there before the first request. */
  open?(): void | Promise<void>;
  /** Environment variables that point a Sealgraph at it. @param url its origin. */
  environment(url: string): Readonly<Record<string, string>>;
  /** Files a client needs: label to path. With `tls`, those of the certificates come by themselves. */
  files?(): Readonly<Record<string, string>>;
  /** Ends what would go on by itself; nobody can call any more. */
  close?(): void | Promise<void>;
};

/** What can be moved and seen from outside, of a simulator with these verbs and nouns. */
export type Control<Own extends { readonly verbs: Verbs; readonly nouns: Nouns }> = Own['verbs'] &
  Own['nouns'] &
  Omit<StandardControl, keyof Own['verbs'] | keyof Own['nouns']>;

/** Makes a simulator of its definition. @param name that of its provider. */
export function simulate<V extends Verbs, N extends Nouns>(
  name: string,
  define: (kit: SimulatorKit) => Definition<V, N>,
): SimulatorDefinition<Control<{ verbs: V; nouns: N }>> {
  return {
    name,
    describe: () => describe(name, assemble(define, { dir: '' })),
    start: (options) => start(name, assemble(define, options), options),
  };
}

function assemble<V extends Verbs, N extends Nouns>(
  define: (kit: SimulatorKit) => Definition<V, N>,
  options: SimulatorOptions,
) {
  const { dir, clock: realClock = systemClock, random = cryptographicRandom, stepMs = 1000 } = options;
  const origins = new Map<string | undefined, string>();
  let file: Pick<JsonFile<z.ZodType<object>>, 'advancedMs' | 'close' | 'load'> | undefined;
  const kept = () => (file ??= new JsonFile(join(dir, 'state.json'), z.object({}), realClock, () => ({})));
  const parts = {
    clock: simulatedClock(realClock, kept),
    faults: new FaultInjector(realClock),
    counters: new CallCounters(),
  };
  const definition = define({
    ...parts,
    random,
    stepMs,
    dir,
    keep(schema, initial, fileName = 'state.json') {
      const own = new JsonFile(join(dir, fileName), schema, realClock, initial);
      file = own;
      return own;
    },
    origin: (host) => origins.get(host) ?? '',
  });
  const operations = () => routesOfAll(definition).map((route) => route.name);
  const verbs = { ...standardVerbs({ ...parts, operations }), ...definition.verbs };
  const nouns = { ...standardNouns(parts), ...definition.nouns };
  return { definition, verbs, nouns, parts, origins, kept };
}

type Assembled<V extends Verbs, N extends Nouns> = ReturnType<typeof assemble<V, N>>;

async function start<V extends Verbs, N extends Nouns>(
  name: string,
  { definition, verbs, nouns, parts, origins, kept }: Assembled<V, N>,
  { dir, port = 0, controlPort = 0, host }: SimulatorOptions,
): Promise<Simulator<Control<{ verbs: V; nouns: N }>>> {
  const { tls, basePath = '', hosts = {} } = definition;
  const certificates =
    tls && (await ensureCertificates({ dir: join(dir, 'certificates'), plan: tls.plan, host }));
  kept().load();
  await definition.open?.();
  const running: Listener[] = [];
  const serve = async (label: string | undefined, of: Host, wanted: number): Promise<void> => {
    const listener = await listen({
      handler: answering(answerer(of, parts)),
      port: wanted,
      host,
      ...(certificates && {
        tls: { ...certificates.server, clientCertificate: tls?.clientCertificate ?? (() => 'strict') },
      }),
    });
    running.push(listener);
    origins.set(label, listener.url);
  };
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((listener) => listener.stop()));
    await definition.close?.();
    kept().close();
  };
  let controlUrl: string;
  try {
    const control = await startControl({ verbs, nouns }, controlPort);
    running.push(control);
    controlUrl = control.url;
    // The main one last: what it answers names the others.
    for (const [label, further] of Object.entries(hosts)) await serve(label, further, 0);
    await serve(undefined, definition, port);
  } catch (error) {
    await stop();
    throw error;
  }
  let stopped: Promise<void> | undefined;
  const url = origins.get(undefined) ?? '';
  return {
    name,
    url: `${url}${basePath}`,
    environment: { ...definition.environment(url), ...(certificates && tls?.environment(certificates)) },
    files: { ...definition.files?.(), ...(certificates && tls && certificateFiles(tls.plan, certificates)) },
    control: { ...verbs, ...nouns },
    controlUrl,
    stop: () => (stopped ??= stop()),
  };
}

function describe<V extends Verbs, N extends Nouns>(
  name: string,
  { definition, verbs, nouns }: Assembled<V, N>,
): SimulatorDescription {
  return {
    name,
    about: definition.about,
    operations: routesOfAll(definition),
    verbs: Object.entries(verbs).map(([verb, { description, input }]) => ({
      name: verb,
      description,
      input: inputSchema({ description, input }),
    })),
    nouns: Object.entries(nouns).map(([noun, { description }]) => ({ name: noun, description })),
  };
}

function routesOfAll({ hosts = {}, ...main }: Definition<Verbs, Nouns>): ReturnType<typeof routesOf> {
  return [main, ...Object.values(hosts)].flatMap(routesOf);
}

function simulatedClock(real: Clock, file: () => { advancedMs: number }): SimulatedClock {
  return {
    now: () => real.now() + file().advancedMs,
    advance(ms) {
      file().advancedMs += ms;
    },
  };
}

// Labels are the file names: `app` is the combined file, `app.cert` and `app.key` are its parts.
function certificateFiles(plan: CertificatePlan, certificates: Certificates): Record<string, string> {
  const paths: Record<string, string> = { ca: certificates.caFile };
  for (const label of Object.keys(plan.clients)) {
    const { certFile, keyFile, combinedFile } = certificates.clientFiles(label);
    paths[label] = combinedFile;
    paths[`${label}.cert`] = certFile;
    paths[`${label}.key`] = keyFile;
  }
  return paths;
}
