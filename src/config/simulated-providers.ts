import { ConfigError } from './config-error.js';
import type { Environment } from './environment.js';
import { choice } from './fields.js';
import { isLoopback } from './loopback.js';
import { parseSettings } from './settings.js';

/** The variable that says whether a provider is simulated beside real ones. */
export function modeVariable(name: string): string {
  return `${name.toUpperCase()}_MODE`;
}

/** One setting per provider. */
export function modeSettings(names: readonly string[]) {
  return Object.fromEntries(
    names.map((name) => [
      modeVariable(name),
      choice(['live', 'simulated'])
        .default('live')
        .describe(
          `simulated: sealgraph start simulates ${name} beside providers that are real. For trying things: only on a loopback address, and none of its other variables may be set.`,
        ),
    ]),
  );
}

/**
 * Names of the providers that are to be simulated beside real ones.
 * @throws ConfigError when one of them is configured too, or others could take what is made up for real
 */
export function readSimulatedProviders(
  names: readonly string[],
  environment: Environment,
  { host, configured }: { readonly host: string; readonly configured: (name: string) => boolean },
): ReadonlySet<string> {
  const settings = parseSettings(modeSettings(names), environment);
  const simulated = names.filter((name) => settings[modeVariable(name)] === 'simulated');
  for (const name of simulated) {
    if (configured(name))
      throw new ConfigError(
        modeVariable(name),
        'is simulated, but this provider is configured too: unset its other variables, or this one.',
      );
    if (!isLoopback(host))
      throw new ConfigError(
        modeVariable(name),
        'is simulated, but HOST is not a loopback address: what is made up must not be taken for real.',
      );
  }
  return new Set(simulated);
}
