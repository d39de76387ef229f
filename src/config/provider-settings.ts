import { readVariable, type Environment } from './environment.js';
import { isTuning } from './fields.js';
import { firstOf, requiredVariables, type SettingShape } from './settings.js';

/** What a provider wants to be told, declared in its own folder and passed in by the caller. */
export interface ProviderSettings<Shape extends SettingShape = SettingShape> {
  /** Name of the provider, which is that of its subgraph: `messaging2fa`. */
  readonly name: string;
  readonly settings: Shape;
}

/**
 * Whether a provider is live: all its required variables are set. With none of its variables set it is not, and those
 * that only tune it do not count.
 * @throws ConfigError when some are set and a required one is not: half a configuration must not lead to a simulator
 */
export function isConfigured(shape: SettingShape, environment: Environment): boolean {
  const isSet = (variable: string): boolean => readVariable(environment, variable) !== undefined;
  const given = Object.keys(shape).find((variable) => isSet(variable) && !isTuning(shape[variable]));
  if (given === undefined) return false;
  const missing = requiredVariables(shape).filter((variable) => !isSet(variable));
  if (missing.length === 0) return true;
  throw firstOf(
    missing.map((variable) => [
      variable,
      `is not set, but ${given} is: set both, or none of this provider's variables.`,
    ]),
  );
}
