import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What decides whether and how a Redis comes to be at hand. */
export interface RedisSurroundings {
  readonly redisUrl: string | undefined;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Whether a program can be started. */
  has(program: string): boolean;
  /** Runs a program to its end and says whether it succeeded. */
  runs(program: string, ...args: string[]): boolean;
}

/**
 * Makes sure that tests have a Redis: one they are given, or a `redis-server` they can start.
 * Undefined when there is one; otherwise a sentence that says what to install.
 */
export function ensureRedis(surroundings: RedisSurroundings): string | undefined {
  const { redisUrl, platform, isRoot, has, runs } = surroundings;
  if (redisUrl || has('redis-server')) return undefined;
  if (platform === 'darwin')
    return 'The tests need redis-server: install it with `brew install redis`, or set REDIS_URL.';
  if (!has('apt-get')) return 'The tests need redis-server: install Redis 6.2 or newer, or set REDIS_URL.';
  if (!isRoot)
    return 'The tests need redis-server: install it with `sudo apt-get install redis-server`, or set REDIS_URL.';
  if (runs('apt-get', 'update') && runs('apt-get', 'install', '-y', 'redis-server') && has('redis-server')) {
    return undefined;
  }
  return 'The tests need redis-server, and `apt-get install redis-server` failed: install it, or set REDIS_URL.';
}

/** The machine this runs on. */
export const thisMachine: RedisSurroundings = {
  redisUrl: process.env['REDIS_URL'],
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  has: (program) =>
    (process.env['PATH'] ?? '')
      .split(':')
      .some((folder) => folder !== '' && existsSync(`${folder}/${program}`)),
  runs: (program, ...args) =>
    spawnSync(program, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      // RUNLEVEL=1: the package shall not start a server of its own.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    }).status === 0,
};
