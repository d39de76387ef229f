import type { SignedAndUnsignedAttributes, SignerInfo } from 'pkijs';

const PKCS_9 = '1.2.840.113549.1.9';
export const CONTENT_TYPE = `${PKCS_9}.3`;
export const MESSAGE_DIGEST = `${PKCS_9}.4`;
export const SIGNING_TIME = `${PKCS_9}.5`;
const COUNTERSIGNATURE = `${PKCS_9}.6`;
const RECEIPT_REQUEST = `${PKCS_9}.16.2.1`;
const SIGNING_CERTIFICATE = `${PKCS_9}.16.2.12`;
const SIGNING_CERTIFICATE_V2 = `${PKCS_9}.16.2.47`;

/** Of those that have to be signed, and may be there once and have one value (RFC 5652 section 11, RFC 2634, RFC 5035). */
const ONCE: ReadonlySet<string> = new Set([
  ...[CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME],
  ...[RECEIPT_REQUEST, SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2],
]);

/** What makes the attributes of a signature others than they may be, as OpenSSL has it; undefined: nothing. */
export function attributeProblem({ signedAttrs, unsignedAttrs }: SignerInfo): string | undefined {
  const seen = new Set<string>();
  for (const { type, values } of signedAttrs?.attributes ?? []) {
    if (type === COUNTERSIGNATURE) return `the attribute ${type} is signed`;
    if (ONCE.has(type) && seen.has(type)) return `the attribute ${type} is there twice`;
    if (ONCE.has(type) && values.length !== 1) return `the attribute ${type} has other than one value`;
    seen.add(type);
  }
  const stray = unsignedAttrs?.attributes.find(({ type }) => ONCE.has(type));
  return stray && `the attribute ${stray.type} is not signed`;
}

/** The first value of an attribute; undefined when it is not there. */
export function valueOf({ attributes }: SignedAndUnsignedAttributes, wanted: string): unknown {
  const values: readonly unknown[] = attributes.find(({ type }) => type === wanted)?.values ?? [];
  return values[0];
}
