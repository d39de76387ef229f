import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.js';
import { temporaryDirectory, type Teardown } from '../../support/simulators.js';
import type { ComposeService } from './compose-file.js';

const FOLDER = '/usr/local/etc/haproxy';

/**
 * Starts the real balancer with the configuration that its container would have: it finds the replicas by their
 * addresses here instead of by name, and listens on free ports.
 * @param replicas where the replicas of each `service:port` are
 * @returns the port here for each port in the container
 */
export async function startHaproxy(
  test: Teardown,
  { volumes }: ComposeService,
  replicas: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<number, number>> {
  const [mount = ''] = volumes.filter((one) => one.includes(`:${FOLDER}:`));
  const text = readFileSync(join(mount.split(':')[0] ?? '', 'haproxy.cfg'), 'utf8');
  const ports = new Map<number, number>();
  for (const [, port] of text.matchAll(/^ +bind :(\d+)$/gm)) ports.set(Number(port), await freePort());
  const here = text
    // How many file handles a process may have here is not for the tests to say.
    .replace(/^ +maxconn \d+$/m, '  maxconn 100')
    .replace(/ resolvers docker init-addr none/g, '')
    .replace(/^ +bind :(\d+)$/gm, (_line, port: string) => `  bind 127.0.0.1:${ports.get(Number(port))}`)
    .replace(/^ +server-template (\S+) \d+ (\S+)$/gm, (_line, prefix: string, place: string) =>
      (replicas.get(place) ?? []).map((address, at) => `  server ${prefix}${at} ${address}`).join('\n'),
    );
  const file = join(await temporaryDirectory(test), 'haproxy.cfg');
  writeFileSync(file, here);
  const child = spawn('haproxy', ['-W', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  test.after(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => {
        said += more;
        if (said.includes('Loading success')) resolve();
      });
    child.once('exit', () => reject(new Error(`haproxy has ended: ${said}`)));
  });
  assert.doesNotMatch(said, /\[(?:ALERT|WARNING)\]/);
  return ports;
}
