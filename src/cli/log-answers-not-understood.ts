import { systemClock } from '../clock.js';
import { LastingTrouble } from '../lasting-trouble.js';
import type { Logger } from '../log.js';
import { notUnderstood, ProviderError } from '../provider-error.js';

// There are as many as there are ways to be odd; beyond that the oldest begins anew.
const MOST_REASONS = 200;

/** Writes down why an answer of a provider was not understood, which no client is told; each reason ever more rarely. */
export function logAnswersNotUnderstood(logger: Logger): void {
  const troubles = new Map<string, LastingTrouble>();
  const troubleOf = (name: string): LastingTrouble => {
    const known = troubles.get(name);
    if (known) return known;
    const [oldest] = troubles.keys();
    if (troubles.size >= MOST_REASONS && oldest !== undefined) troubles.delete(oldest);
    const trouble = new LastingTrouble({
      ...{ clock: systemClock, logger, well: 'answers of a provider are understood again' },
      failed: 'an answer of a provider was not understood',
    });
    troubles.set(name, trouble);
    return trouble;
  };
  notUnderstood.subscribe((error) => {
    if (!(error instanceof ProviderError)) return;
    const { provider, cause } = error;
    const reason = cause instanceof Error ? cause.message : undefined;
    troubleOf(`${provider} ${reason}`).failed({ provider, reason });
  });
}
