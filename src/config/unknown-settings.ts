import { closest, distance } from 'fastest-levenshtein';
import { describeSettings } from './describe-settings.js';
import type { Environment } from './environment.js';
import type { ProviderSettings } from './provider-settings.js';

/** A variable that nothing reads, although somebody may think so. */
export interface UnknownSetting {
  readonly variable: string;
  /** What was probably meant; undefined when nothing is near. */
  readonly suggestion: string | undefined;
}

// What other programs go by. Docker and Kubernetes set the latter for every service they know.
const OTHERS = /^(http_proxy|HTTP_PROXY|.*_(SERVICE_HOST|SERVICE_PORT|PORT)(_.*)?)$/;

/**
 * Variables that are set and are no settings: those that begin like a provider's, and those that are nearly called
 * like one of ours that is not set.
 */
export function findUnknownSettings(
  environment: Environment,
  providers: readonly ProviderSettings[],
): UnknownSetting[] {
  const known = describeSettings(providers).flatMap(({ settings }) => settings.map((one) => one.variable));
  const ours = providers.flatMap(({ settings }) => Object.keys(settings).map((name) => name.split('_')[0]));
  const prefixes = new Set(['SEALGRAPH', ...ours]);
  const absent = known.filter((name) => environment[name] === undefined);
  return Object.keys(environment).flatMap((variable) => {
    if (known.includes(variable) || OTHERS.test(variable)) return [];
    const name = variable.toUpperCase();
    const begun = prefixes.has(name.split('_')[0] ?? '');
    // Of one that is ours by its beginning, the nearest may be there too, and mean something else than was thought.
    const nearest = closest(name, begun || absent.length === 0 ? known : absent);
    const steps = distance(name, nearest);
    if (steps <= slips(nearest) || lettersOf(name) === lettersOf(nearest))
      return { variable, suggestion: nearest };
    return begun ? { variable, suggestion: steps < name.length / 2 ? nearest : undefined } : [];
  });
}

/** The same for a name of which letters have changed places. */
function lettersOf(name: string): string {
  return [...name].sort().join('');
}

/** How many letters somebody gets wrong who means a name. */
function slips(name: string): number {
  return Math.min(3, Math.floor(name.length / 5));
}
