import type { KeyID } from 'openpgp';

/** A key id in both spellings of the graph. */
export interface KeyIds {
  /** Signed 64-bit number, in decimal (dossier section 1.8). */
  readonly keyId: string;
  /** 16 lower-case hex digits. */
  readonly keyIdHex: string;
}

/** All zeros is nobody's (RFC 9580 section 5.1.1): so is told what a damaged signature does not hold. */
export function keyIds(id: KeyID): KeyIds {
  const keyIdHex = id.toHex().padStart(16, '0');
  return { keyId: BigInt.asIntN(64, BigInt(`0x${keyIdHex}`)).toString(), keyIdHex };
}
