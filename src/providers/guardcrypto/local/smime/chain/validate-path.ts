import type { NameConstraints } from '@peculiar/asn1-x509';
import type { Verdict } from '../../reports.js';
import { weaknessOfKey, weaknessOfSignature } from '../algorithms.js';
import { publicKeyOf } from '../certificate-facts.js';
import type { ParsedCertificate } from '../parsed-certificate.js';
import { isForMail, mayBeUsed } from '../purpose.js';
import { authorityPathLength, EXTENSIONS, isOldRoot } from './extensions.js';
import { isWithin } from './name-constraints.js';
import { Policies } from './policies.js';
import type { Surroundings } from './surroundings.js';

/**
 * Whether a path of certificates, each of which has signed the next, is good for mail (RFC 5280 section 6.1). As OpenSSL
 * does, it asks the first one too, which the caller trusts, to be in its time and an authority for what follows.
 * @param path the trusted one first, the signer's last, which may be the same
 * @returns undefined when it is good
 * @throws ProviderError `PROCESSING_LIMIT`
 */
export function pathProblem(
  path: readonly ParsedCertificate[],
  { now, path: field, effort }: Surroundings,
): Verdict | undefined {
  effort.spend('pathCertificates', field, path.length);
  const compare = (count: number): void => effort.spend('comparisons', field, count);
  const constraints: NameConstraints[] = [];
  const policies = new Policies(compare);
  let mayFollow = Infinity;
  for (const [index, certificate] of path.entries()) {
    const isAnchor = index === 0;
    const isLast = index === path.length - 1;
    const problem = certificateProblem(certificate, { isAnchor, isLast, now });
    if (problem !== undefined) return problem;
    if (!isAnchor) {
      if (
        (isLast || !certificate.isSelfIssued) &&
        !isWithin(certificate, constraints, { isLast, count: compare })
      )
        return untrusted(certificate, 'has a name its authority may not certify');
      if (!policies.add(certificate, isLast))
        return untrusted(certificate, 'lacks a policy that is asked for');
    }
    if (isLast) return undefined;
    const pathLength = isAnchor && isOldRoot(certificate) ? Infinity : authorityPathLength(certificate);
    if (pathLength === undefined) return untrusted(certificate, 'is no authority');
    if (!isAnchor && !certificate.isSelfIssued) mayFollow -= 1;
    if (mayFollow < 0) return untrusted(certificate, 'is one authority more than may follow another');
    mayFollow = Math.min(mayFollow, pathLength);
    const names = certificate.extension(...EXTENSIONS.nameConstraints);
    if (names !== undefined) constraints.push(names);
  }
  return undefined;
}

interface Place {
  readonly isAnchor: boolean;
  readonly isLast: boolean;
  readonly now: Date;
}

/** What is wrong with one certificate, whatever the others. */
function certificateProblem(
  certificate: ParsedCertificate,
  { isAnchor, isLast, now }: Place,
): Verdict | undefined {
  const timeliness = certificate.timeliness(now);
  if (timeliness !== 'GOOD') return { outcome: timeliness, reason: naming(certificate) };
  const { obstacle } = certificate;
  if (obstacle !== undefined)
    return { outcome: 'UNSUPPORTED', reason: `${naming(certificate)} has ${obstacle}` };
  const key = publicKeyOf(certificate.x509);
  if (key === undefined) return { outcome: 'UNSUPPORTED', reason: `the key of ${naming(certificate)}` };
  const weakness =
    (isAnchor ? undefined : weaknessOfSignature(certificate.signatureAlgorithm)) ?? weaknessOfKey(key);
  if (weakness !== undefined) return { outcome: 'WEAK', reason: `${weakness}, of ${naming(certificate)}` };
  if (isLast) return undefined;
  if (!mayBeUsed(certificate, 'keyCertSign')) return untrusted(certificate, 'may not sign certificates');
  return isForMail(certificate)
    ? undefined
    : untrusted(certificate, 'is an authority for something else than mail');
}

function untrusted(certificate: ParsedCertificate, why: string): Verdict {
  return { outcome: 'NOT_TRUSTED', reason: `${naming(certificate)} ${why}` };
}

function naming({ subject }: ParsedCertificate): string {
  return `the certificate of ${subject === '' ? '(no name)' : subject}`;
}
