import type { Effort } from '../../effort.js';
import type { ParsedCertificate } from '../parsed-certificate.js';

/** What a signer's certificate is judged with. */
export interface Surroundings {
  /** Those that came along, which nobody vouches for. */
  readonly others: readonly ParsedCertificate[];
  /** Authorities the caller trusts, or signers themselves. */
  readonly trusted: readonly ParsedCertificate[];
  readonly now: Date;
  /** The field with the signature. */
  readonly path: readonly string[];
  /** Counts what is done. */
  readonly effort: Effort;
}
