import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import type { GatewayPlugin, GatewayRuntime } from '@graphql-hive/gateway-runtime';
import type { Executor } from '@graphql-tools/utils';
import type { Composition } from './compose.js';
import { graphHandler } from './handler.js';
import type { OperationContext } from './context.js';

/**
 * The Hive runtime with only what is used of it: parsing, validation and execution behind the plugins given. It is
 * silent, calls nobody, and everything it would serve besides GraphQL is off.
 */
export function createRuntime(options: {
  composition: Composition;
  executors: ReadonlyMap<string, Executor>;
  plugins: readonly GatewayPlugin[];
}): GatewayRuntime<OperationContext> {
  return withoutSignalHandlers(() =>
    createGatewayRuntime<OperationContext>({
      supergraph: options.composition.supergraphSdl,
      unifiedGraphHandler: graphHandler(options.composition.apiSchema),
      transports: {
        http: { getSubgraphExecutor: ({ subgraphName }) => executorOf(options.executors, subgraphName) },
      },
      plugins: () => [...options.plugins],
      logging: false,
      // Errors are masked by a plugin, which knows the request.
      maskedErrors: false,
      cors: false,
      graphiql: false,
      landingPage: false,
      requestId: false,
      subgraphErrors: false,
      __experimental__batchExecution: false,
    }),
  );
}

/** Subgraphs have upper-case names in a supergraph's enum, and their own elsewhere. */
function executorOf(executors: ReadonlyMap<string, Executor>, name: string): Executor {
  const executor = executors.get(name) ?? executors.get(name.toLowerCase());
  if (!executor) throw new Error(`no executor for subgraph ${name}`);
  return executor;
}

/** The runtime would dispose itself on SIGTERM, under requests that still run: stopping is decided by the process. */
function withoutSignalHandlers<T>(create: () => T): T {
  const events = ['SIGINT', 'SIGTERM', 'exit'] as const;
  const before = events.map((event) => process.rawListeners(event));
  const created = create();
  events.forEach((event, index) => {
    for (const listener of process.rawListeners(event)) {
      if (!before[index]?.includes(listener)) process.off(event, listener as () => void);
    }
  });
  return created;
}
