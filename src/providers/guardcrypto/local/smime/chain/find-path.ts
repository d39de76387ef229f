import type { Verdict } from '../../reports.js';
import { publicKeyOf } from '../certificate-facts.js';
import type { ParsedCertificate } from '../parsed-certificate.js';
import { pathProblem } from './validate-path.js';

/** Certificates in a path at the most. */
const MAX_DEPTH = 10;
/** Signatures that are checked for one path at the most. */
const MAX_SIGNATURE_CHECKS = 100;
/** Pairs of certificates that are compared for one path at the most. */
const MAX_COMPARISONS = 20_000;

/** What a signer's certificate is judged with. */
export interface Surroundings {
  /** Those that came along, which nobody vouches for. */
  readonly others: readonly ParsedCertificate[];
  /** Authorities the caller trusts, or signers themselves. */
  readonly trusted: readonly ParsedCertificate[];
  readonly now: Date;
}

/**
 * Whether a certificate is one of those trusted, or some path leads to one that is good. Revocation lists are not asked
 * for: nothing here calls anybody. The work is bounded, whatever certificates came along.
 */
export function judgePath(certificate: ParsedCertificate, surroundings: Surroundings): Verdict {
  return new Search(surroundings).run(certificate);
}

class Search {
  readonly #trusted: ReadonlySet<string>;
  readonly #pool: readonly ParsedCertificate[];
  readonly #now: Date;
  readonly #issued = new Map<string, boolean>();
  #comparisons = 0;
  #signatureChecks = 0;
  #problem: Verdict | undefined;

  constructor({ others, trusted, now }: Surroundings) {
    this.#trusted = new Set(trusted.map(({ fingerprint }) => fingerprint));
    const all = [...trusted, ...others].map((certificate) => [certificate.fingerprint, certificate] as const);
    this.#pool = [...new Map(all).values()];
    this.#now = now;
  }

  run(certificate: ParsedCertificate): Verdict {
    if (this.#reaches([certificate])) return { outcome: 'GOOD', reason: null };
    const isGivenUp = this.#comparisons > MAX_COMPARISONS || this.#signatureChecks > MAX_SIGNATURE_CHECKS;
    const reason = isGivenUp
      ? 'more ways to an authority than are tried'
      : 'no way to a certificate you trust';
    return this.#problem ?? { outcome: 'NOT_TRUSTED', reason };
  }

  /** @param path the first one's issuer is looked for */
  #reaches(path: readonly ParsedCertificate[]): boolean {
    const [head] = path;
    if (head === undefined || path.length > MAX_DEPTH) return false;
    if (this.#trusted.has(head.fingerprint)) {
      const problem = pathProblem(path, this.#now);
      if (problem === undefined) return true;
      this.#problem ??= problem;
    }
    return this.#pool.some(
      (issuer) => !isIn(path, issuer) && this.#hasIssued(issuer, head) && this.#reaches([issuer, ...path]),
    );
  }

  #hasIssued(issuer: ParsedCertificate, certificate: ParsedCertificate): boolean {
    this.#comparisons += 1;
    if (this.#comparisons > MAX_COMPARISONS || !certificate.x509.checkIssued(issuer.x509)) return false;
    const pair = `${issuer.fingerprint} ${certificate.fingerprint}`;
    const known = this.#issued.get(pair);
    if (known !== undefined) return known;
    this.#signatureChecks += 1;
    const has = this.#signatureChecks <= MAX_SIGNATURE_CHECKS && isSignedBy(certificate, issuer);
    this.#issued.set(pair, has);
    return has;
  }
}

/** Whether a path passes an authority already: another certificate for the same name and key leads nowhere new. */
function isIn(path: readonly ParsedCertificate[], { x509, fingerprint }: ParsedCertificate): boolean {
  return path.some(
    (one) =>
      one.fingerprint === fingerprint ||
      (one.x509.subject === x509.subject && keyBytes(one).equals(keyBytes({ x509 }))),
  );
}

function keyBytes({ x509 }: Pick<ParsedCertificate, 'x509'>): Buffer {
  return publicKeyOf(x509)?.export({ type: 'spki', format: 'der' }) ?? Buffer.alloc(0);
}

function isSignedBy({ x509 }: ParsedCertificate, issuer: ParsedCertificate): boolean {
  const key = publicKeyOf(issuer.x509);
  try {
    return key !== undefined && x509.verify(key);
  } catch {
    // An algorithm OpenSSL does not know, or a key of another kind.
    return false;
  }
}
