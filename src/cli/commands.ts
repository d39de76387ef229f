import type { Command } from './command.js';

/** Every command, loaded only when asked for: starting must be quick, and most of the product is not needed by most. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.js')).start,
  gateway: async () => (await import('./gateway.js')).gateway,
  subgraph: async () => (await import('./subgraph.js')).subgraph,
  poller: async () => (await import('./poller.js')).poller,
  simulator: async () => (await import('./simulator.js')).simulator,
  simulate: async () => (await import('./simulate.js')).simulate,
  token: async () => (await import('./token.js')).token,
  compose: async () => (await import('./compose.js')).compose,
  documents: async () => (await import('./documents.js')).documents,
  doctor: async () => (await import('./doctor.js')).doctor,
};
