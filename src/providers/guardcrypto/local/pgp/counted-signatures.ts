import { SignaturePacket } from 'openpgp';
import type { Effort } from '../effort.js';

type CheckingKey = Parameters<SignaturePacket['verify']>[0];

/** Large curves take several times as long as others. */
function costOf(key: CheckingKey): number {
  return /5(?:12|21)/.test(key.getAlgorithmInfo().curve ?? '') ? 3 : 1;
}

/**
 * What has OpenPGP.js count the signatures it checks within keys. It checks those of a key against one another.
 * @param path the field the keys come from
 * @returns configuration for reading them
 */
export function countedSignatures(path: readonly string[], effort: Effort) {
  class CountedSignature extends SignaturePacket {
    #fits = false;

    override async verify(...how: Parameters<SignaturePacket['verify']>): Promise<void> {
      // One that fits is not calculated again.
      if (!this.#fits && !this.#mayBeChecked(how[0])) return new Promise(() => undefined);
      await super.verify(...how);
      this.#fits = true;
    }

    /** False: the call has its answer, so that whoever waits for this one waits for nothing. */
    #mayBeChecked(key: CheckingKey): boolean {
      try {
        effort.spend('keySignatures', path, costOf(key));
        return true;
      } catch {
        return false;
      }
    }
  }
  return { additionalAllowedPackets: [CountedSignature] };
}
