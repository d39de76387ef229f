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
          `simulated: sealgraph start simulates ${name} beside providers that are real. For trying things: only on a loopback address (HOST, and PUBLIC_URL where it is set), and none of its other variables may be set.`,
        ),
    ]),
  );
}

/** What decides whether providers may be simulated. */
export interface SimulatedBeside {
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly configured: (name: string) => boolean;
}

/**
 * Names of the providers that are to be simulated beside real ones.
 * @throws ConfigError when one of them is configured too, or others could take what is made up for real
 */
export function readSimulatedProviders(
  names: readonly string[],
  environment: Environment,
  { host, publicUrl, configured }: SimulatedBeside,
): ReadonlySet<string> {
  const settings = parseSettings(modeSettings(names), environment);
  const simulated = names.filter((name) => settings[modeVariable(name)] === 'simulated');
  const addresses = [
    ['HOST', host],
    ['PUBLIC_URL', publicUrl && new URL(publicUrl).hostname],
  ] as const;
  for (const name of simulated) {
    if (configured(name))
      throw new ConfigError(
        modeVariable(name),
        'is simulated, but this provider is configured too: unset its other variables, or this one.',
      );
    const open = addresses.find(([, address]) => address !== undefined && !isLoopback(address));
    if (open)
      throw new ConfigError(
        modeVariable(name),
        `is simulated, but ${open[0]} is not a loopback address: what is made up must not be taken for real.`,
      );
  }
  return new Set(simulated);
}
