import { ProviderError } from '../../src/provider-error.js';
import type { CallOptions, CredentialKey } from '../../src/providers/vipidentity/model.js';
import type { VipClient } from '../../src/providers/vipidentity/client.js';
import type { SecretPolicy, SecretTry } from '../../src/subgraph/secret-attempts.js';

/** Together fewer in a day than the ten wrong codes in a row after which the provider locks (dossier section 5.2). */
export const ATTEMPTS: SecretPolicy = {
  strangers: { perMinute: 3, perHour: 4, perDay: 5 },
  known: { perMinute: 3, perHour: 4, perDay: 4 },
};

/** A try at the codes and the PIN of a user, whichever account they are named for. */
export function userTry(userId: string): SecretTry {
  return { subject: ['vipidentity', 'user', userId.toLowerCase()], policy: ATTEMPTS };
}

/**
 * A try at each of these credentials, which is one at everybody who holds it: whom to ask for that is not known to the
 * caller, but to the provider.
 */
export async function credentialTries(
  client: Pick<VipClient, 'getCredential'>,
  keys: readonly CredentialKey[],
  options: CallOptions,
): Promise<readonly SecretTry[]> {
  const holders = await Promise.all(keys.map((key) => holdersOf(client, key, options)));
  const users = new Set(holders.flat().map((userId) => userId.toLowerCase()));
  return [
    ...keys.map(({ credentialType, credentialId }) => ({
      subject: ['vipidentity', credentialType, credentialId.toLowerCase()],
      policy: ATTEMPTS,
    })),
    ...[...users].map(userTry),
  ];
}

async function holdersOf(
  client: Pick<VipClient, 'getCredential'>,
  key: CredentialKey,
  options: CallOptions,
): Promise<readonly string[]> {
  try {
    return (await client.getCredential(key, { pushAttributes: false }, options)).users.map(
      ({ userId }) => userId,
    );
  } catch (error) {
    // One that is not there, or cannot be, has no holders; the call that names it says so.
    if (error instanceof ProviderError && (error.code === 'NOT_FOUND' || error.code === 'INVALID_INPUT'))
      return [];
    throw error;
  }
}
