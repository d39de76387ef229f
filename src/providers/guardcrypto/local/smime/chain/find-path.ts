import type { Verdict } from '../../reports.js';
import { publicKeyOf } from '../certificate-facts.js';
import type { ParsedCertificate } from '../parsed-certificate.js';
import type { Surroundings } from './surroundings.js';
import { pathProblem } from './validate-path.js';

/** Certificates in a path at the most; many more than anybody has, and than the budgets allow where ways branch. */
const MAX_DEPTH = 32;
const TOO_LONG: Verdict = {
  outcome: 'NOT_TRUSTED',
  reason: `no way of ${MAX_DEPTH} certificates or fewer to one you trust`,
};
const NO_WAY: Verdict = { outcome: 'NOT_TRUSTED', reason: 'no way to a certificate you trust' };

/**
 * Whether a certificate is one of those trusted, or some path leads to one that is good. Revocation lists are not asked
 * for: nothing here calls anybody.
 * @throws ProviderError `PROCESSING_LIMIT` when there are more ways than are tried
 */
export function judgePath(certificate: ParsedCertificate, surroundings: Surroundings): Verdict {
  return new Search(surroundings).run(certificate);
}

class Search {
  readonly #trusted: ReadonlySet<string>;
  readonly #pool: readonly ParsedCertificate[];
  readonly #surroundings: Surroundings;
  readonly #issued = new Map<string, boolean>();
  #problem: Verdict | undefined;
  #wasTooLong = false;

  constructor(surroundings: Surroundings) {
    const { others, trusted } = surroundings;
    this.#trusted = new Set(trusted.map(({ fingerprint }) => fingerprint));
    const all = [...trusted, ...others].map((certificate) => [certificate.fingerprint, certificate] as const);
    this.#pool = [...new Map(all).values()];
    this.#surroundings = surroundings;
  }

  run(certificate: ParsedCertificate): Verdict {
    if (this.#reaches([certificate])) return { outcome: 'GOOD', reason: null };
    return this.#problem ?? (this.#wasTooLong ? TOO_LONG : NO_WAY);
  }

  /** @param path the first one's issuer is looked for */
  #reaches(path: readonly ParsedCertificate[]): boolean {
    const [head] = path;
    if (head === undefined) return false;
    if (path.length > MAX_DEPTH) {
      this.#wasTooLong = true;
      return false;
    }
    if (this.#trusted.has(head.fingerprint)) {
      const problem = pathProblem(path, this.#surroundings);
      if (problem === undefined) return true;
      this.#problem ??= problem;
    }
    return this.#pool.some(
      (issuer) => !isIn(path, issuer) && this.#hasIssued(issuer, head) && this.#reaches([issuer, ...path]),
    );
  }

  #hasIssued(issuer: ParsedCertificate, certificate: ParsedCertificate): boolean {
    const { path, effort } = this.#surroundings;
    effort.spend('comparisons', path);
    if (!certificate.x509.checkIssued(issuer.x509)) return false;
    const pair = `${issuer.fingerprint} ${certificate.fingerprint}`;
    const known = this.#issued.get(pair);
    if (known !== undefined) return known;
    effort.spend('certificateSignatures', path);
    const has = isSignedBy(certificate, issuer);
    this.#issued.set(pair, has);
    return has;
  }
}

/** Whether a path passes an authority already: another certificate for the same name and key leads nowhere new. */
function isIn(path: readonly ParsedCertificate[], { holderKey }: ParsedCertificate): boolean {
  return path.some((one) => one.holderKey === holderKey);
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
