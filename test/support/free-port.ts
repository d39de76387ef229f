import { once } from 'node:events';
import { createServer } from 'node:net';

// Below what the system gives to whoever connects or listens on port 0: nobody gets one of these by chance.
const FIRST = 10_000;
const LAST = 32_000;

/** A port of 127.0.0.1 where nobody listens, nor on the `count - 1` others, each `step` higher than the one before. */
export async function freePort(count = 1, step = 1): Promise<number> {
  const last = LAST - (count - 1) * step;
  for (;;) {
    const first = FIRST + Math.floor(Math.random() * (last - FIRST));
    const ports = Array.from({ length: count }, (_, place) => first + place * step);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
