import { BitString } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  CertificatePolicies,
  CRLDistributionPoints,
  ExtendedKeyUsage,
  InhibitAnyPolicy,
  KeyUsage,
  NameConstraints,
  PolicyConstraints,
  PolicyMappings,
  SubjectAlternativeName,
} from '@peculiar/asn1-x509';
import type { ReadableCertificate } from '../readable-certificate.js';

/** Extensions that are gone by here, with their types. */
export const EXTENSIONS = {
  keyUsage: ['2.5.29.15', KeyUsage],
  subjectAltName: ['2.5.29.17', SubjectAlternativeName],
  basicConstraints: ['2.5.29.19', BasicConstraints],
  // Where revocation lists are, which nobody here asks for.
  crlDistributionPoints: ['2.5.29.31', CRLDistributionPoints],
  nameConstraints: ['2.5.29.30', NameConstraints],
  certificatePolicies: ['2.5.29.32', CertificatePolicies],
  policyMappings: ['2.5.29.33', PolicyMappings],
  policyConstraints: ['2.5.29.36', PolicyConstraints],
  extKeyUsage: ['2.5.29.37', ExtendedKeyUsage],
  inhibitAnyPolicy: ['2.5.29.54', InhibitAnyPolicy],
  netscapeCertType: ['2.16.840.1.113730.1.1', BitString],
} as const;

/** What changes the rules for a path even where it is not critical, and is not known here. */
const RULES: ReadonlyMap<string, string> = new Map([
  // RFC 3820, which OpenSSL refuses too unless it is told to take them.
  ['1.3.6.1.5.5.7.1.14', 'the extension of a proxy certificate'],
  // RFC 3779: every authority has to have as much.
  ['1.3.6.1.5.5.7.1.7', 'addresses of a network'],
  ['1.3.6.1.5.5.7.1.8', 'numbers of networks'],
]);

const TYPES: ReadonlyMap<string, new () => unknown> = new Map(
  Object.values(EXTENSIONS).map(([oid, type]): [string, new () => unknown] => [oid, type]),
);

/** What makes the extensions of a certificate impossible to go by (RFC 5280 section 4.2); undefined: nothing. */
export function extensionProblem(certificate: ReadableCertificate): string | undefined {
  const seen = new Set<string>();
  for (const { extnID, critical } of certificate.extensions) {
    const type = TYPES.get(extnID);
    if (critical && type === undefined) return `the critical extension ${extnID}`;
    if (RULES.has(extnID)) return RULES.get(extnID);
    if (seen.has(extnID)) return `the extension ${extnID}, which is there twice`;
    if (type !== undefined && certificate.readable(extnID, type) === undefined)
      return `the extension ${extnID}, which is malformed`;
    seen.add(extnID);
  }
  return undefined;
}

/** How many authorities may follow one; undefined when it is none. */
export function authorityPathLength(certificate: ReadableCertificate): number | undefined {
  const constraints = certificate.extension(...EXTENSIONS.basicConstraints);
  return constraints?.cA === true ? (constraints.pathLenConstraint ?? Infinity) : undefined;
}

/** Certificates of version 1 say nothing of themselves: such a root is believed when the caller trusts it. */
export function isOldRoot({ body, isSelfIssued }: ReadableCertificate): boolean {
  return body.version === 0 && isSelfIssued;
}
