import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';

export interface RedisServerOptions {
  /** Whether every write is in a file before it is answered, so that `kill` loses nothing. Default false. */
  readonly durable?: boolean;
  /** Whether it is a cluster, of this one server: then it refuses what touches keys of several slots. Default false. */
  readonly cluster?: boolean;
  /** Speaks TLS alone, with these PEM files. */
  readonly tls?: {
    readonly cert: string;
    readonly key: string;
    readonly ca: string;
    /** Whether clients must show a certificate of that authority. Default `no`. */
    readonly clients?: 'yes' | 'no';
  };
  /** Makes it a Sentinel with this configuration, which keeps no data. */
  readonly sentinel?: string;
  /** More of the server's command line. */
  readonly settings?: readonly string[];
  /** What starts it, followed by its command line, and the variables of that. Default: the program itself, and none. */
  readonly starter?: { readonly command: readonly string[]; readonly environment: NodeJS.ProcessEnv };
}

const SLOTS = 16_384;
// A cluster talks to itself on a port that much higher.
const BUS_PORT_OFFSET = 10_000;
const MOST_TRIES = 5;

/** A server of its own, over a folder of its own, on a free port of this machine. */
export class RedisServer {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  readonly #options: RedisServerOptions;
  #child: ChildProcess | undefined;

  private constructor(port: number, folder: string, options: RedisServerOptions) {
    this.url = `${options.tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`;
    this.#port = port;
    this.#folder = folder;
    this.#options = options;
  }

  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    for (let tries = 1; ; tries += 1) {
      const server = await RedisServer.prepare(options);
      try {
        await server.restart();
        return server;
      } catch (error) {
        await server.stop();
        // Somebody else may have taken its port meanwhile.
        if (tries === MOST_TRIES) throw error;
      }
    }
  }

  /** A server that has an address but does not run yet. */
  static async prepare(options: RedisServerOptions = {}): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'sealgraph-redis-'));
    return new RedisServer(await freePort(2, BUS_PORT_OFFSET), folder, options);
  }

  /** Starts it, with what is on disk. Resolves when it answers. @throws Error when it ends before that */
  async restart(): Promise<void> {
    const { durable = false, cluster = false, tls, sentinel, settings = [], starter } = this.#options;
    const file = join(this.#folder, 'sentinel.conf');
    // A Sentinel writes what it learns into its file.
    if (sentinel !== undefined && !existsSync(file)) await writeFile(file, `${sentinel}\n`);
    const [program = process.env['REDIS_SERVER_BIN'] ?? 'redis-server', ...words] = starter?.command ?? [];
    const child = spawn(
      program,
      [
        ...words,
        ...(sentinel === undefined ? [] : [file, '--sentinel']),
        ...['--port', String(this.#port), '--bind', '127.0.0.1', '--dir', this.#folder],
        ...(sentinel === undefined ? ['--save', ''] : []),
        ...(durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : []),
        ...(cluster ? ['--cluster-enabled', 'yes'] : []),
        ...(tls ? ['--port', '0', '--tls-port', String(this.#port), '--tls-cert-file', tls.cert] : []),
        ...(tls
          ? [
              '--tls-key-file',
              tls.key,
              '--tls-ca-cert-file',
              tls.ca,
              '--tls-auth-clients',
              tls.clients ?? 'no',
            ]
          : []),
        ...settings,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...starter?.environment } },
    );
    this.#child = child;
    let isReady = false;
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      isReady = /Ready to accept connections|Sentinel ID is/.test(String(chunk));
      if (isReady) break;
    }
    if (!isReady) throw new Error('the server has ended before it was ready');
    // Nobody reads what else it says; a full pipe would stop it.
    child.stdout.resume();
    if (cluster) await this.#takeSlots();
  }

  async #takeSlots(): Promise<void> {
    await this.with(async (redis) => {
      await redis.cluster('ADDSLOTS', ...Array.from({ length: SLOTS }, (_, slot) => slot));
      // The state follows within a turn of the server's own clock; asking often is cheap.
      while (!(await redis.cluster('INFO')).includes('cluster_state:ok'));
    });
  }

  /** Ends it without a goodbye. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await exited;
  }

  /** Stops it from answering, with its connections open. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Runs commands on a connection of its own. */
  async with<Result>(work: (redis: Redis) => Promise<Result>): Promise<Result> {
    const redis = new Redis(this.url);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
