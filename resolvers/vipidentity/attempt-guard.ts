import type { CredentialKey } from '../../src/providers/vipidentity/model.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { countAttempt } from '../../src/subgraph/attempt-limit.js';

/** Fewer than the ten wrong codes in a row after which the provider locks (dossier section 5.2). */
export const ATTEMPTS = { limit: 5, windowMs: 60_000 } as const;

/** Limits how often codes, PINs and phones of one user or credential are tried, across all processes. */
export class AttemptGuard {
  readonly #records: RecordStore;

  constructor(records: RecordStore) {
    this.#records = records;
  }

  /** @throws ProviderError RATE_LIMITED */
  user(userId: string, account: string | null | undefined): Promise<void> {
    return countAttempt(
      this.#records,
      ['vipidentity', 'user', account ?? null, userId.toLowerCase()],
      ATTEMPTS,
    );
  }

  /** @throws ProviderError RATE_LIMITED */
  async credentials(keys: readonly CredentialKey[], account: string | null | undefined): Promise<void> {
    for (const { credentialType, credentialId } of keys) {
      const subject = ['vipidentity', credentialType, account ?? null, credentialId.toLowerCase()];
      await countAttempt(this.#records, subject, ATTEMPTS);
    }
  }
}
