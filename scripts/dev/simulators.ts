import { startSandbox, type Sandbox } from '../../src/cli/sandbox.js';
import { loadConfig, processEnvironment } from '../../src/config/index.js';
import { simulators } from '../../src/simulators/index.js';

/** What `npm run dev` is told once the simulators answer, and tells each product it starts. */
export type SharedSandbox = Omit<Sandbox, 'stop'>;

// A child of `npm run dev`: simulators that go on while the product is started anew.
const { dataDir } = loadConfig(processEnvironment(), []).server;
const { stop: _, ...sandbox } = await startSandbox([...simulators.keys()], dataDir, {});
process.send?.(sandbox);
process.once('disconnect', () => process.exit());
