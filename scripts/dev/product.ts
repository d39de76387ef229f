import 'reflect-metadata';
import { once } from 'node:events';
import { startAll } from '../../src/cli/start.js';
import type { SharedSandbox } from './simulators.js';

// A child of `npm run dev`: the product of `npm start`, with simulators that were there before it.
const [{ simulators, environment }] = (await once(process, 'message')) as [SharedSandbox];
process.once('disconnect', () => process.exit());
await startAll(async (_providers, _dataDir, own) => ({
  simulators,
  environment: { ...own, ...environment },
  stop: () => Promise.resolve(),
}));
