import type { Logger } from '../log.js';
import { notUnderstood, ProviderError } from '../provider-error.js';

/** Writes down why an answer of a provider was not understood, which no client is told. */
export function logAnswersNotUnderstood(logger: Logger): void {
  notUnderstood.subscribe((error) => {
    if (!(error instanceof ProviderError)) return;
    const { provider, cause } = error;
    const reason = cause instanceof Error ? cause.message : undefined;
    logger.warn({ provider, reason }, 'an answer of a provider was not understood');
  });
}
