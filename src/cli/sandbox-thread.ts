import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { packagePath } from '../package-path.js';
import type { StartSandbox } from './sandbox.js';
import type { Order, Report } from './sandbox-worker.js';

/** In a thread of its own: what simulators compute, keys and certificates above all, keeps nobody here waiting. */
export const startSandboxInThread: StartSandbox = async (providers, dataDir, environment) => {
  const worker = new Worker(packagePath('dist/bundle/sandbox-worker.js'));
  const order: Order = { providers, dataDir, environment };
  worker.postMessage(order);
  const [report] = (await once(worker, 'message')) as [Report];
  if ('failed' in report) throw Object.assign(new Error(report.failed.message), report.failed);
  return {
    ...report.started,
    async stop() {
      const ended = once(worker, 'exit');
      worker.postMessage('stop');
      await ended;
    },
  };
};
