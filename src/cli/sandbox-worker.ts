import { parentPort } from 'node:worker_threads';
import type { Environment } from '../config/index.js';
import { startSandbox } from './sandbox.js';
import type { Sandbox } from './sandbox.js';

/** What a thread is told once: which simulators to start. */
export interface Order {
  readonly providers: readonly string[];
  readonly dataDir: string;
  readonly environment: Environment;
}

/** What it answers. */
export type Report =
  | { readonly started: Omit<Sandbox, 'stop'> }
  | { readonly failed: { readonly name: string; readonly message: string } };

/** The thread of `startSandboxInThread`: starts the simulators at the first message, ends with them at the second. */
parentPort?.once('message', (order: Order) => void start(order));

async function start({ providers, dataDir, environment }: Order): Promise<void> {
  const report = (content: Report): void => parentPort?.postMessage(content);
  try {
    const { stop, ...sandbox } = await startSandbox(providers, dataDir, environment);
    parentPort?.once('message', () => void stop().finally(() => parentPort?.close()));
    report({ started: sandbox });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    report({ failed: { name, message } });
    parentPort?.close();
  }
}
