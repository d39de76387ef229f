import type { Command } from './command.js';
import { openSandboxThread } from './sandbox-thread.js';

/** Everything in one process: gateway, subgraphs, pollers, and in sandbox mode the simulators too. */
export const start: Command = {
  options: { fresh: { type: 'boolean' } },
  maxWords: 0,
  async run({ options }) {
    // Loaded while the product is; whether it is needed, the product finds out.
    const thread = openSandboxThread();
    try {
      const { startProduct } = await import('./start-product.js');
      return await startProduct({ fresh: options.fresh === true, startSandbox: thread.start });
    } finally {
      thread.discardUnused();
    }
  },
};
