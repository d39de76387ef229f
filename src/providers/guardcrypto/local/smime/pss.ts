import { AlgorithmIdentifier, RSASSAPSSParams } from 'pkijs';
import { hashOf } from './hashes.js';

/** The algorithm, by its object identifier. */
export const RSASSA_PSS = '1.2.840.113549.1.1.10';

const MGF1 = '1.2.840.113549.1.1.8';
/** The only one there is. */
const TRAILER = 1;

/** How a signature of RSA-PSS was made. */
export interface PssParameters {
  /** Of the content and of the mask, as Node names it. */
  readonly hash: string;
  /** Octets. */
  readonly saltLength: number;
}

/**
 * The parameters of RSA-PSS (RFC 4055 section 3.1). Undefined where there are none, or they ask for what nobody does: a
 * mask of another kind or with another hash, or another trailer.
 * @param written as the ASN.1 library read them
 */
export function pssParameters(written: unknown): PssParameters | undefined {
  if (written === undefined) return undefined;
  try {
    const { hashAlgorithm, maskGenAlgorithm, saltLength, trailerField } = new RSASSAPSSParams({
      schema: written,
    });
    const mask = new AlgorithmIdentifier({ schema: maskGenAlgorithm.algorithmParams });
    const isUsual =
      maskGenAlgorithm.algorithmId === MGF1 &&
      mask.algorithmId === hashAlgorithm.algorithmId &&
      trailerField === TRAILER;
    const hash = hashOf(hashAlgorithm);
    return isUsual && hash !== undefined && saltLength >= 0 ? { hash, saltLength } : undefined;
  } catch {
    // It is no such structure.
    return undefined;
  }
}
