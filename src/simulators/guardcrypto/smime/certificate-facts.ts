import { X509Certificate } from 'node:crypto';

/** `Certificate` of the wire, except for `current`. */
export interface CertificateFacts {
  readonly email: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  readonly expired: boolean;
  /** Decimal digits. */
  readonly serial: string;
  readonly certifier: string;
}

/** @param certificate PEM or DER; @param now milliseconds since the epoch. */
export function certificateFacts(certificate: string | Buffer, now: number): CertificateFacts {
  const parsed = new X509Certificate(certificate);
  const expires = Date.parse(parsed.validTo);
  return {
    email: emailOf(parsed),
    expires,
    expired: expires <= now,
    serial: BigInt(`0x${parsed.serialNumber}`).toString(),
    certifier: parsed.issuer.split('\n').join(', '),
  };
}

function emailOf({ subjectAltName, subject }: X509Certificate): string {
  const found = /(?:^|, )email:([^,]+)/.exec(subjectAltName ?? '') ?? /^emailAddress=(.+)$/m.exec(subject);
  return found?.[1] ?? '';
}
