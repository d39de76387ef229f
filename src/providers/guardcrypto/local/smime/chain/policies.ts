import { id_ce_certificatePolicies_anyPolicy as ANY } from '@peculiar/asn1-x509';
import type { ParsedCertificate } from '../parsed-certificate.js';
import { signedInteger } from '../readable-certificate.js';
import { EXTENSIONS } from './extensions.js';

/**
 * Keeps account of certificate policies along a path, anchor first (RFC 5280 section 6.1, with every policy acceptable
 * to begin with). A path fails when one of its certificates asks for a policy and none is left that all of them have.
 */
export class Policies {
  #valid: ReadonlySet<string> = new Set([ANY]);
  // How many certificates may still come before the rule holds.
  #explicitIn = Infinity;
  #anyStopsIn = Infinity;
  #mappingStopsIn = Infinity;
  readonly #count: (policies: number) => void;

  /** @param count is told how many policies and mappings will be looked at, and may throw */
  constructor(count: (policies: number) => void) {
    this.#count = count;
  }

  /** @returns whether the path may still be good */
  add(certificate: ParsedCertificate, isLast: boolean): boolean {
    this.#narrow(certificate, isLast);
    if (!this.#isEnough) return false;
    if (!isLast && !this.#map(certificate)) return false;
    if (isLast || !certificate.isSelfIssued) this.#pass();
    this.#constrain(certificate);
    return !isLast || this.#isEnough;
  }

  get #isEnough(): boolean {
    return this.#explicitIn > 0 || this.#valid.size > 0;
  }

  #narrow(certificate: ParsedCertificate, isLast: boolean): void {
    const given = new Set(
      Array.from(
        certificate.extension(...EXTENSIONS.certificatePolicies) ?? [],
        ({ policyIdentifier }) => policyIdentifier,
      ),
    );
    this.#count(given.size);
    const mayBeAny = given.has(ANY) && (this.#anyStopsIn > 0 || (certificate.isSelfIssued && !isLast));
    const named = [...given].filter((policy) => policy !== ANY);
    const kept = this.#valid.has(ANY) ? named : named.filter((policy) => this.#valid.has(policy));
    this.#valid = new Set([...kept, ...(mayBeAny ? this.#valid : [])]);
  }

  /** @returns false when it maps what may not be mapped */
  #map(certificate: ParsedCertificate): boolean {
    const mappings = Array.from(certificate.extension(...EXTENSIONS.policyMappings) ?? []);
    this.#count(mappings.length);
    if (mappings.some((one) => one.issuerDomainPolicy === ANY || one.subjectDomainPolicy === ANY))
      return false;
    const valid = new Set(this.#valid);
    for (const { issuerDomainPolicy } of mappings) valid.delete(issuerDomainPolicy);
    if (this.#mappingStopsIn > 0) {
      for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
        if (this.#valid.has(issuerDomainPolicy) || this.#valid.has(ANY)) valid.add(subjectDomainPolicy);
      }
    }
    this.#valid = valid;
    return true;
  }

  #pass(): void {
    this.#explicitIn = Math.max(0, this.#explicitIn - 1);
    this.#anyStopsIn = Math.max(0, this.#anyStopsIn - 1);
    this.#mappingStopsIn = Math.max(0, this.#mappingStopsIn - 1);
  }

  #constrain(certificate: ParsedCertificate): void {
    const constraints = certificate.extension(...EXTENSIONS.policyConstraints);
    const any = certificate.extension(...EXTENSIONS.inhibitAnyPolicy);
    this.#explicitIn = Math.min(this.#explicitIn, skipped(constraints?.requireExplicitPolicy));
    this.#mappingStopsIn = Math.min(this.#mappingStopsIn, skipped(constraints?.inhibitPolicyMapping));
    this.#anyStopsIn = Math.min(this.#anyStopsIn, skipped(any?.value));
  }
}

function skipped(count: ArrayBuffer | undefined): number {
  return count === undefined ? Infinity : Math.max(0, Number(signedInteger(count)));
}
