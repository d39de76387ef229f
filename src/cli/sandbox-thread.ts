import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { packagePath } from '../package-path.js';
import type { StartSandbox } from './sandbox.js';
import type { Order, Report } from './sandbox-worker.js';

/** A thread with the code of the simulators, waiting to be told to start them. */
export interface SandboxThread {
  /** Starts them there: what they compute, keys and certificates above all, keeps nobody here waiting. */
  readonly start: StartSandbox;
  /** Ends the thread, unless it was started. */
  discardUnused(): void;
}

export function openSandboxThread(): SandboxThread {
  const worker = new Worker(packagePath('dist/bundle/sandbox-worker.js'));
  let isUsed = false;
  return {
    async start(providers, dataDir, environment) {
      isUsed = true;
      const order: Order = { providers, dataDir, environment };
      worker.postMessage(order);
      const [report] = (await once(worker, 'message')) as [Report];
      if ('failed' in report) throw Object.assign(new Error(report.failed.message), report.failed);
      return { ...report.started, stop: () => stop(worker) };
    },
    discardUnused() {
      if (!isUsed) void worker.terminate();
    },
  };
}

async function stop(worker: Worker): Promise<void> {
  const ended = once(worker, 'exit');
  worker.postMessage('stop');
  await ended;
}
