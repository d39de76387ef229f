import { ConfigError } from './config-error.js';
import { readVariable, type Environment } from './environment.js';
import { requiredVariables, type SettingShape } from './settings.js';

/** What a provider wants to be told, declared in its own folder and passed in by the caller. */
export interface ProviderSettings<Shape extends SettingShape = SettingShape> {
  /** Name of the provider, which is that of its subgraph: `messaging2fa`. */
  readonly name: string;
  readonly settings: Shape;
}

/**
 * Whether a provider is live: all its required variables are set. With none of its variables set it is not.
 * @throws ConfigError when some are set and a required one is not: half a configuration must not lead to a simulator
 */
export function isConfigured(shape: SettingShape, environment: Environment): boolean {
  const isSet = (variable: string): boolean => readVariable(environment, variable) !== undefined;
  const given = Object.keys(shape).find(isSet);
  if (given === undefined) return false;
  const missing = requiredVariables(shape).find((variable) => !isSet(variable));
  if (missing === undefined) return true;
  throw new ConfigError(
    missing,
    `is not set, but ${given} is: set both, or none of this provider's variables.`,
  );
}
