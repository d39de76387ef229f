import { GeneralName, type GeneralSubtrees, type Name, type NameConstraints } from '@peculiar/asn1-x509';
import { EMAIL_ADDRESS } from '../certificate-facts.js';
import { utf8Mailbox } from '../mailboxes.js';
import { nameParts } from '../names.js';
import type { ParsedCertificate } from '../parsed-certificate.js';
import { EXTENSIONS } from './extensions.js';

interface WithinOptions {
  /** Whether it is the signer's. */
  readonly isLast: boolean;
  /** Is told how many comparisons will be made, and may throw. */
  readonly count: (comparisons: number) => void;
}

/** Whether every name of a certificate is one its authorities may certify (RFC 5280 section 4.2.1.10). */
export function isWithin(
  certificate: ParsedCertificate,
  constraints: readonly NameConstraints[],
  { isLast, count }: WithinOptions,
): boolean {
  if (constraints.length === 0) return true;
  const names = namesOf(certificate);
  if (isLast && !names.some(({ dNSName }) => dNSName !== undefined))
    names.push(...hostsInSubject(certificate));
  return constraints.every(({ permittedSubtrees, excludedSubtrees }) =>
    names.every((name) => {
      count((permittedSubtrees?.length ?? 0) + (excludedSubtrees?.length ?? 0));
      const permitted = compare(name, permittedSubtrees);
      return (
        (permitted.length === 0 || permitted.includes('INSIDE')) &&
        compare(name, excludedSubtrees).every((place) => place === 'OUTSIDE')
      );
    }),
  );
}

/** Its alternative names, its subject, and the addresses in that: readers show them all. */
function namesOf(certificate: ParsedCertificate): GeneralName[] {
  const { subject } = certificate.body;
  const addresses = inSubject(certificate, EMAIL_ADDRESS).map(
    (rfc822Name) => new GeneralName({ rfc822Name }),
  );
  const alternative = Array.from(certificate.extension(...EXTENSIONS.subjectAltName) ?? [], (name) => {
    // RFC 9598 section 6: what is said of addresses holds for these too.
    const rfc822Name = utf8Mailbox(name);
    return rfc822Name === undefined ? name : new GeneralName({ rfc822Name });
  });
  return [
    ...alternative,
    ...(subject.length > 0 ? [new GeneralName({ directoryName: subject })] : []),
    ...addresses,
  ];
}

function inSubject({ body }: ParsedCertificate, wanted: string): string[] {
  return Array.from(body.subject, (part) => Array.from(part))
    .flat()
    .filter(({ type }) => type === wanted)
    .map(({ value }) => value.toString());
}

const COMMON_NAME = '2.5.4.3';

/** Common names that some programs take for a host where no alternative name is one, and OpenSSL with them. */
function hostsInSubject(certificate: ParsedCertificate): GeneralName[] {
  return inSubject(certificate, COMMON_NAME)
    .filter((name) => name.includes('\0') || isHost(name))
    .map((dNSName) => new GeneralName({ dNSName }));
}

function isHost(name: string): boolean {
  const labels = name.split('.');
  return labels.length > 1 && labels.every((label) => /^[\w-]+$/.test(label) && !/^-|-$/.test(label));
}

/** `UNKNOWN`: it cannot be told, which is neither permitted nor surely not excluded. */
type Place = 'INSIDE' | 'OUTSIDE' | 'UNKNOWN';

/** Where a name lies to each subtree of names of its kind. */
function compare(name: GeneralName, subtrees: GeneralSubtrees | undefined): Place[] {
  return Array.from(subtrees ?? []).flatMap(({ base, minimum, maximum }) => {
    if (kindOf(base) !== kindOf(name)) return [];
    return [minimum !== 0 || maximum !== undefined ? 'UNKNOWN' : placeOf(name, base)];
  });
}

const KINDS = [
  ...(['rfc822Name', 'dNSName', 'uniformResourceIdentifier', 'directoryName'] as const),
  ...(['otherName', 'x400Address', 'ediPartyName', 'iPAddress', 'registeredID'] as const),
];

function kindOf(name: GeneralName): string | undefined {
  return KINDS.find((kind) => name[kind] !== undefined);
}

function placeOf(name: GeneralName, base: GeneralName): Place {
  if (name.rfc822Name !== undefined && base.rfc822Name !== undefined)
    return placeOfAddress(name.rfc822Name, base.rfc822Name);
  if (name.dNSName !== undefined && base.dNSName !== undefined)
    return name.dNSName.includes('\0') ? 'UNKNOWN' : place(isHostBelow(name.dNSName, base.dNSName, true));
  if (name.uniformResourceIdentifier !== undefined && base.uniformResourceIdentifier !== undefined)
    return placeOfUri(name.uniformResourceIdentifier, base.uniformResourceIdentifier);
  if (name.directoryName !== undefined && base.directoryName !== undefined)
    return place(isBelow(name.directoryName, base.directoryName));
  if (name.iPAddress !== undefined && base.iPAddress !== undefined)
    return placeOfIp(name.iPAddress, base.iPAddress);
  return 'UNKNOWN';
}

/** An address of one version lies outside of every network of the other. Further nothing here compares them. */
function placeOfIp(address: string, base: string): Place {
  const [own, other] = [address, base].map((text) => /[.:]/.exec(text)?.[0]);
  return own !== undefined && other !== undefined && own !== other ? 'OUTSIDE' : 'UNKNOWN';
}

/** A base is an address, a host, or with a leading dot every host below a domain. */
function placeOfAddress(address: string, base: string): Place {
  const at = address.lastIndexOf('@');
  if (at < 0 || address.includes('\0')) return 'UNKNOWN';
  const baseAt = base.lastIndexOf('@');
  if (baseAt < 0) return place(isHostBelow(address.slice(at + 1), base, false));
  const isSameHost = address.slice(at).toLowerCase() === base.slice(baseAt).toLowerCase();
  return place(isSameHost && address.slice(0, at) === base.slice(0, baseAt));
}

/** Where readers would not agree on the host, as with a user before it, it is not known. */
function placeOfUri(uri: string, base: string): Place {
  const [, host] = /^[a-z][a-z\d+.-]*:\/\/([^/:]+)/i.exec(uri) ?? [];
  const isSure = URL.canParse(uri) && new URL(uri).hostname.toLowerCase() === host?.toLowerCase();
  return host !== undefined && isSure ? place(isHostBelow(host, base, false)) : 'UNKNOWN';
}

/** @param includesBelow whether a base without leading dot stands for what is below it too */
function isHostBelow(host: string, base: string, includesBelow: boolean): boolean {
  const [name, domain] = [host.toLowerCase(), base.toLowerCase()];
  if (domain === '' || name === domain) return true;
  if (domain.startsWith('.')) return name.endsWith(domain);
  return includesBelow && name.endsWith(`.${domain}`);
}

function isBelow(name: Name, base: Name): boolean {
  const parts = nameParts(name);
  return nameParts(base).every((part, index) => parts[index] === part);
}

function place(isInside: boolean): Place {
  return isInside ? 'INSIDE' : 'OUTSIDE';
}
