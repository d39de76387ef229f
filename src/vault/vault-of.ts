import type { SealContext, Vault } from './vault.js';

/** The same vault for one account at a provider: what was sealed for another does not open. @param account undefined: everybody's */
export function vaultOf(account: string | undefined, vault: Vault): Vault {
  if (account === undefined) return vault;
  const at = (place: SealContext): SealContext => ({
    ...place,
    collection: `${place.collection}@${encodeURIComponent(account)}`,
  });
  return {
    ...vault,
    seal: (plaintext, place) => vault.seal(plaintext, at(place)),
    open: (sealed, place) => vault.open(sealed, at(place)),
  };
}
