import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../src/cli/doctor/finding.js';
import { RedisServer } from '../../support/redis-server.js';
import type { Teardown } from '../../support/simulators.js';
import type { Healthy } from './healthy.js';

export type Change = Readonly<Record<string, string | undefined>>;
export type Expected = readonly [level: Finding['level'], setting: string | null, message: RegExp];

export interface Row {
  readonly name: string;
  /** What is set otherwise than in a healthy deployment. */
  readonly change?: (world: Healthy, test: Teardown) => Change | Promise<Change>;
  /** How far the clock of this machine is ahead of all others. */
  readonly aheadMs?: number;
  readonly expected: readonly Expected[];
}

export const DAY_MS = 86_400_000;

/** A client's file of the simulator of messaging2fa, by its label. */
export function fileOf({ environment }: Healthy, label: string, kind: 'cert' | 'key'): string {
  return join(environment['MESSAGING2FA_CERT_FILE'] ?? '', '..', `${label}.${kind}.pem`);
}

export function asClient(world: Healthy, label: string): Change {
  return {
    MESSAGING2FA_CERT_FILE: fileOf(world, label, 'cert'),
    MESSAGING2FA_KEY_FILE: fileOf(world, label, 'key'),
  };
}

export function written({ folder }: Healthy, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

export async function redisWith(test: Teardown, settings: readonly string[]): Promise<RedisServer> {
  const server = await RedisServer.start({ durable: true, settings });
  test.after(() => server.stop());
  return server;
}

/** A Redis whose user `limited` may do what `rules` say. */
export async function redisUser(test: Teardown, rules: string): Promise<Change> {
  const server = await redisWith(test, []);
  await server.with((redis) =>
    redis.acl('SETUSER', 'limited', 'on', '>word', '~*', '&*', ...rules.split(' ')),
  );
  return { REDIS_URL: server.url.replace('//', '//limited:word@') };
}

export const EMBEDDED = { REDIS_URL: undefined };
