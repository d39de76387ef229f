import { ProviderError } from '../../provider-error.js';
import type { GuardAnswer } from './answer.js';
import { PROVIDER } from './errors.js';

/**
 * For operations that answer a word: nothing or `OK` is success, any other text says why not (dossier 4.2).
 * @throws ProviderError PROVIDER_REJECTED
 */
export function requireDone(answer: GuardAnswer): void {
  const text = answer.text();
  if (text !== null && !/^ok$/i.test(text))
    throw new ProviderError('PROVIDER_REJECTED', { provider: PROVIDER });
}

/** Where a new password was sent to. */
export type ResetDestination = 'SECONDARY' | 'PRIMARY';

/** @throws ProviderError NOT_SUPPORTED when there is no recovery; OUTCOME_UNKNOWN for a word that is not known */
export function readResetWord(answer: GuardAnswer): ResetDestination {
  const text = answer.text();
  const word = text?.toLowerCase();
  if (word === 'ok') return 'SECONDARY';
  if (word === 'primary') return 'PRIMARY';
  if (word === 'norecovery' || word === 'nosecondary')
    throw new ProviderError('NOT_SUPPORTED', {
      provider: PROVIDER,
      providerCode: word.toUpperCase(),
      message: 'The password of this key cannot be recovered.',
    });
  throw answer.notUnderstood('there is a word that is not known');
}
