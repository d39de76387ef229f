import { constants, verify, type KeyObject } from 'node:crypto';
import { fromBER } from 'asn1js';
import type { AlgorithmIdentifier } from 'pkijs';
import { weaknessOfHash } from './hashes.js';
import { pssParameters, RSASSA_PSS } from './pss.js';

/** Signature algorithms by object identifier: the kind of key and the hash, null where that is told beside it. */
const SIGNATURES: ReadonlyMap<string, readonly [kind: 'rsa' | 'ec' | 'dsa' | 'ed', hash: string | null]> =
  new Map([
    ['1.2.840.113549.1.1.1', ['rsa', null]],
    ['1.2.840.113549.1.1.4', ['rsa', 'md5']],
    ['1.2.840.113549.1.1.5', ['rsa', 'sha1']],
    ['1.2.840.113549.1.1.11', ['rsa', 'sha256']],
    ['1.2.840.113549.1.1.12', ['rsa', 'sha384']],
    ['1.2.840.113549.1.1.13', ['rsa', 'sha512']],
    ['1.2.840.113549.1.1.14', ['rsa', 'sha224']],
    ['2.16.840.1.101.3.4.3.13', ['rsa', 'sha3-224']],
    ['2.16.840.1.101.3.4.3.14', ['rsa', 'sha3-256']],
    ['2.16.840.1.101.3.4.3.15', ['rsa', 'sha3-384']],
    ['2.16.840.1.101.3.4.3.16', ['rsa', 'sha3-512']],
    ['1.2.840.10045.2.1', ['ec', null]],
    ['1.2.840.10045.4.1', ['ec', 'sha1']],
    ['1.2.840.10045.4.3.1', ['ec', 'sha224']],
    ['1.2.840.10045.4.3.2', ['ec', 'sha256']],
    ['1.2.840.10045.4.3.3', ['ec', 'sha384']],
    ['1.2.840.10045.4.3.4', ['ec', 'sha512']],
    ['2.16.840.1.101.3.4.3.9', ['ec', 'sha3-224']],
    ['2.16.840.1.101.3.4.3.10', ['ec', 'sha3-256']],
    ['2.16.840.1.101.3.4.3.11', ['ec', 'sha3-384']],
    ['2.16.840.1.101.3.4.3.12', ['ec', 'sha3-512']],
    ['1.2.840.10040.4.1', ['dsa', null]],
    ['1.2.840.10040.4.3', ['dsa', 'sha1']],
    ['2.16.840.1.101.3.4.3.1', ['dsa', 'sha224']],
    ['2.16.840.1.101.3.4.3.2', ['dsa', 'sha256']],
    ['1.3.101.112', ['ed', null]],
    ['1.3.101.113', ['ed', null]],
  ]);

/** Kinds of keys as Node names them. */
const KINDS: ReadonlyMap<string | undefined, string> = new Map([
  ['rsa', 'rsa'],
  ['rsa-pss', 'rsa'],
  ['ec', 'ec'],
  ['dsa', 'dsa'],
  ['ed25519', 'ed'],
  ['ed448', 'ed'],
]);

const MIN_RSA_BITS = 2048;
/** Smallest curve as strong as that. */
const MIN_CURVE_BITS = 224;

/** How a signature is to be checked. */
export interface SignatureMethod {
  readonly kind: string;
  /** As Node names it; null: the algorithm brings its own. */
  readonly hash: string | null;
  /** Octets of salt, of RSA-PSS. */
  readonly saltLength: number | undefined;
}

/** @param hash where the algorithm does not name one. @returns undefined when it is not known here */
export function signatureMethod(
  algorithm: AlgorithmIdentifier,
  hash: string | undefined,
): SignatureMethod | undefined {
  if (algorithm.algorithmId === RSASSA_PSS) {
    const parameters = pssParameters(algorithm.algorithmParams);
    return parameters && { kind: 'rsa', ...parameters };
  }
  const [kind, own] = SIGNATURES.get(algorithm.algorithmId) ?? [];
  if (kind === undefined) return undefined;
  if (kind === 'ed') return { kind, hash: null, saltLength: undefined };
  const told = own ?? hash;
  return told === undefined ? undefined : { kind, hash: told, saltLength: undefined };
}

/** Whether a signature fits. A key of another kind does not. */
export function fits(
  method: SignatureMethod,
  content: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): boolean {
  if (KINDS.get(key.asymmetricKeyType) !== method.kind || !isAllowed(method, key)) return false;
  const padding =
    method.saltLength === undefined
      ? {}
      : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: method.saltLength };
  try {
    return verify(method.hash, content, { key, ...padding }, signature);
  } catch {
    return false;
  }
}

/** Whether a key may be used so: one for RSA-PSS alone may say with which hash, and the least salt (RFC 4055). */
function isAllowed({ hash, saltLength }: SignatureMethod, key: KeyObject): boolean {
  if (key.asymmetricKeyType !== 'rsa-pss') return true;
  const { hashAlgorithm = hash, mgf1HashAlgorithm = hash, ...least } = key.asymmetricKeyDetails ?? {};
  const isThatHash = hashAlgorithm === hash && mgf1HashAlgorithm === hash;
  return isThatHash && saltLength !== undefined && saltLength >= (least.saltLength ?? 0);
}

/** The algorithm of a certificate's signature. */
export interface CertificateAlgorithm {
  readonly algorithm: string;
  /** DER; may be missing. */
  readonly parameters?: ArrayBuffer | null | undefined;
}

/** What makes the algorithm of a certificate's signature too weak to be believed; undefined: nothing. */
export function weaknessOfSignature({ algorithm, parameters }: CertificateAlgorithm): string | undefined {
  const hash =
    algorithm === RSASSA_PSS && parameters
      ? pssParameters(fromBER(parameters).result)?.hash
      : SIGNATURES.get(algorithm)?.[1];
  return weaknessOfHash(hash);
}

/** What makes a key too weak to be believed; undefined: nothing. */
export function weaknessOfKey(key: KeyObject): string | undefined {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const kind = KINDS.get(key.asymmetricKeyType);
  if (kind === 'rsa' && modulusLength < MIN_RSA_BITS) return `RSA with ${modulusLength} bits`;
  if (kind === 'dsa') return 'DSA';
  const bits = Number(/\d{3}/.exec(namedCurve)?.[0] ?? MIN_CURVE_BITS);
  return kind === 'ec' && bits < MIN_CURVE_BITS ? `the curve ${namedCurve}` : undefined;
}
