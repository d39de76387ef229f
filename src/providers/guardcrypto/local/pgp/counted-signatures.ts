import { SignaturePacket } from 'openpgp';
import type { Effort } from '../effort.js';

/**
 * What has OpenPGP.js count the signatures it checks within keys. It checks those of a key against one another, and a
 * curve of 512 bits takes milliseconds each.
 * @param path the field the keys come from
 * @returns configuration for reading them
 */
export function countedSignatures(path: readonly string[], effort: Effort) {
  class CountedSignature extends SignaturePacket {
    #fits = false;

    override async verify(...how: Parameters<SignaturePacket['verify']>): Promise<void> {
      // One that fits is not calculated again.
      if (!this.#fits && !this.#mayBeChecked()) return new Promise(() => undefined);
      await super.verify(...how);
      this.#fits = true;
    }

    /** False: the call has its answer, so that whoever waits for this one waits for nothing. */
    #mayBeChecked(): boolean {
      try {
        effort.spend('keySignatures', path);
        return true;
      } catch {
        return false;
      }
    }
  }
  return { additionalAllowedPackets: [CountedSignature] };
}
