import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { RedisServer } from '../../support/redis-server.js';
import { startSealgraph, type SealgraphProcess } from '../../support/sealgraph.js';
import { temporaryDirectory, type Teardown } from '../../support/simulators.js';
import { startBalancer } from './balancer.js';
import { startHaproxy } from './haproxy.js';
import { readDockerfile, type ComposeService } from './compose-file.js';

export interface StartedServices {
  /** The processes of each service, one per replica. */
  readonly processes: ReadonlyMap<string, readonly SealgraphProcess[]>;
  /** Where a port of a service is, such as `balancer:4000`, with `127.0.0.1` for the name. */
  reach(place: string): string;
}

/** What stands in for names, ports and volumes of containers. */
interface Places {
  /** `name:port` in the Compose file to `127.0.0.1:port` here. */
  readonly hosts: Map<string, string>;
  /** The same for each replica. */
  readonly replicas: Map<string, readonly string[]>;
  /** Path in a container to path here. */
  readonly paths: Map<string, string>;
}

/**
 * Starts services as processes of this machine, with the commands and settings that their containers would have: only
 * addresses, ports and paths are others. Each is healthy, by its own check, before the next one starts.
 */
export async function startServices(
  test: Teardown,
  services: ReadonlyMap<string, ComposeService>,
  replicas: Readonly<Record<string, number>> = {},
): Promise<StartedServices> {
  const volumes = await temporaryDirectory(test);
  const places: Places = {
    hosts: new Map(),
    replicas: new Map(),
    paths: new Map(['/simulators', '/secrets', '/data'].map((path) => [path, volumes])),
  };
  const started = new Map<string, SealgraphProcess[]>();
  for (const [name, service] of services) {
    if (service.image.startsWith('redis:')) await startRedis(test, name, service, places);
    else if (service.image.startsWith('haproxy:')) {
      const ports = await startHaproxy(test, service, places.replicas);
      for (const [port, here] of ports) places.hosts.set(`${name}:${port}`, `127.0.0.1:${here}`);
    } else {
      const count = replicas[name] ?? 1;
      started.set(name, await startReplicas(test, name, service, places, count));
    }
  }
  return {
    processes: started,
    reach(place) {
      const found = places.hosts.get(place);
      assert.ok(found !== undefined, `nothing is at ${place}`);
      return found;
    },
  };
}

async function startRedis(
  test: Teardown,
  name: string,
  { command, environment, healthcheck }: ComposeService,
  places: Places,
): Promise<void> {
  const server = await RedisServer.start({ starter: { command, environment } });
  test.after(() => server.stop());
  places.hosts.set(`${name}:6379`, new URL(server.url).host);
  await runHealthcheck(healthcheck?.test, places, environment);
}

async function startReplicas(
  test: Teardown,
  name: string,
  service: ComposeService,
  places: Places,
  count: number,
): Promise<SealgraphProcess[]> {
  const image = readDockerfile();
  assert.deepEqual(image.entrypoint, ['node', 'dist/bundle/main.js']);
  const declared = { ...image.environment, ...service.environment };
  const environment = Object.fromEntries(
    Object.entries(declared).map(([variable, value]) => [variable, localised(value, places)]),
  );
  const settings = { ...environment, PORT: '0', HOST: '127.0.0.1' };
  const args = service.command.map((arg, at) => {
    const option = service.command[at - 1];
    if (option === '--host') return '127.0.0.1';
    return option === '--port' ? '0' : localised(arg, places);
  });
  const processes = Array.from({ length: count }, () => startSealgraph(test, args, settings));
  const ports = [];
  for (const process of processes) {
    const port = await listeningPort(process, args[0]);
    if (port === undefined) continue;
    ports.push(port);
    const check = service.healthcheck?.test ?? ['CMD', ...image.healthcheck];
    await runHealthcheck(check, places, { PORT: String(port) });
  }
  const containerPort = service.command[service.command.indexOf('--port') + 1];
  const named = service.command.includes('--port') ? containerPort : declared['PORT'];
  const [first] = ports;
  if (first !== undefined) {
    const port = ports.length > 1 ? await startBalancer(test, ports) : first;
    places.hosts.set(`${name}:${named}`, `127.0.0.1:${port}`);
    places.replicas.set(
      `${name}:${named}`,
      ports.map((one) => `127.0.0.1:${one}`),
    );
  }
  return processes;
}

/** Where a process listens; it does its work when this resolves. */
async function listeningPort(
  process: SealgraphProcess,
  role: string | undefined,
): Promise<number | undefined> {
  const line = await process.lineAfter(role === 'simulator' ? 'url' : 'ready');
  const url = /https?:\S+/.exec(line)?.[0] ?? '';
  return URL.canParse(url) ? Number(new URL(url).port) : undefined;
}

function localised(text: string, { hosts, paths }: Places): string {
  const moved = text.replace(/(?<=\/\/|@)[\w-]+:\d+/g, (host) => hosts.get(host) ?? host);
  return moved
    .split(',')
    .map((part) => {
      const path = [...paths.keys()].find((one) => part === one || part.startsWith(`${one}/`));
      return path === undefined ? part : `${paths.get(path)}${part.slice(path.length)}`;
    })
    .join(',');
}

async function runHealthcheck(
  check: readonly string[] | undefined,
  places: Places,
  environment: Record<string, string>,
): Promise<void> {
  const [kind, command = '', ...args] = check ?? [];
  assert.equal(kind, 'CMD');
  // The simulators' check looks for what they write last; it may have to look again.
  for (let attempt = 0; attempt < 20; attempt++) {
    const child = spawn(
      command,
      args.map((arg) => localised(arg, places)),
      { env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const [code]: unknown[] = await once(child, 'exit');
    if (code === 0) return;
  }
  assert.fail(`${command} ${args.join(' ')} found it not healthy`);
}
