import { ConfigError } from '../config/index.js';
import { requiredVariables } from '../config/settings.js';
import type { SubgraphModule } from '../subgraph/define-subgraph.js';

/** Says which variable to set first so that a provider can be used. */
export function notConfigured({ name, settings }: Pick<SubgraphModule, 'name' | 'settings'>): ConfigError {
  const [first = `${name.toUpperCase()}_URL`] = requiredVariables(settings);
  return new ConfigError(first, `is not set: the provider behind ${name} is not configured.`);
}
