import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { url } from './fields.js';
import type { KeyConfig } from './keys.js';
import { parseSettings } from './settings.js';

/** The variable that says where the subgraph of a name runs. */
export function subgraphUrlVariable(name: string): string {
  return `${name.toUpperCase()}_SUBGRAPH_URL`;
}

/** One setting per subgraph. */
export function subgraphUrlSettings(names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => [
      subgraphUrlVariable(name),
      url('http', 'https')
        .optional()
        .describe(
          `Where the ${name} subgraph runs as a service of its own. Without it, it runs in this process.`,
        ),
    ]),
  );
}

/**
 * The URLs of the subgraphs that run as services, by name.
 * @throws ConfigError also when there is one and no secret to sign calls to it with
 */
export function readSubgraphUrls(
  names: readonly string[],
  environment: Environment,
  { gatewaySecrets }: Pick<KeyConfig, 'gatewaySecrets'>,
): ReadonlyMap<string, string> {
  const settings = parseSettings(subgraphUrlSettings(names), environment);
  const urls = new Map<string, string>();
  for (const name of names) {
    const address = settings[subgraphUrlVariable(name)];
    if (address !== undefined) urls.set(name, address);
  }
  const [first] = urls.keys();
  if (first !== undefined && gatewaySecrets.length === 0) {
    throw new ConfigError(
      'GATEWAY_SECRET',
      `is not set, but ${subgraphUrlVariable(first)} is: calls to subgraph services are signed with it.`,
    );
  }
  return urls;
}
