// Subscribers in processes of their own, so that neither their memory nor their descriptors are those of the product. Run
// as a program, this file is such a process: it is told whom to subscribe to, and tells how many events all have received.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ended, spawnRole } from './roles.js';
import { connectEach } from './subscribers.js';

export interface SubscriberProcess {
  /** Resolves when each of the subscribers has received `events` events in all. */
  received(events: number): Promise<void>;
  close(): Promise<void>;
}

interface Order {
  readonly url: string;
  readonly ids: readonly string[];
}

const FILE = 'bench/support/subscriber-process.ts';
const EACH = 5_000;

/** A subscriber for each of these messages, up to 5,000 in one process, with the first event received. */
export async function startSubscribers(url: string, ids: readonly string[]): Promise<SubscriberProcess> {
  const parts = Array.from({ length: Math.ceil(ids.length / EACH) }, (_, at) =>
    ids.slice(at * EACH, (at + 1) * EACH),
  );
  const processes = await Promise.all(parts.map((part) => startPart({ url, ids: part })));
  return {
    received: async (events) => void (await Promise.all(processes.map((one) => one.received(events)))),
    close: async () => void (await Promise.all(processes.map((one) => one.close()))),
  };
}

async function startPart(order: Order): Promise<SubscriberProcess> {
  const role = spawnRole(FILE, 'subscribers');
  const told = createInterface(role.stdout)[Symbol.asyncIterator]();
  const send = (line: string): void => void role.stdin.write(`${line}\n`);
  const received = async (events: number): Promise<void> => {
    send(String(events));
    const { value, done } = await told.next();
    if (done || value !== String(events)) throw new Error('a process of subscribers has ended');
  };
  send(JSON.stringify(order));
  await received(1);
  return {
    received,
    async close() {
      const end = ended(role);
      role.stdin.end();
      await end;
    },
  };
}

async function serve(): Promise<void> {
  const lines = createInterface(process.stdin)[Symbol.asyncIterator]();
  const { value } = await lines.next();
  const { url, ids } = JSON.parse(String(value)) as Order;
  const subscribers = await connectEach(url, ids);
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    await subscribers.received(Number(line.value));
    if (!process.stdout.write(`${line.value}\n`)) await once(process.stdout, 'drain');
  }
  subscribers.close();
}

if (process.argv[2] === 'subscribers') await serve();
