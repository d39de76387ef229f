import { constants, verify, type KeyObject } from 'node:crypto';
import { RSASSAPSSParams, type AlgorithmIdentifier } from 'pkijs';

/** Hash algorithms by object identifier, as Node names them. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.5', 'sha512-224'],
  ['2.16.840.1.101.3.4.2.6', 'sha512-256'],
  ['2.16.840.1.101.3.4.2.7', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
]);

const PSS = '1.2.840.113549.1.1.10';

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

const BROKEN: ReadonlyMap<string, string> = new Map([
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
]);

const MIN_RSA_BITS = 2048;
/** Smallest curve as strong as that. */
const MIN_CURVE_BITS = 224;

/** As Node names it. */
export function hashOf({ algorithmId }: AlgorithmIdentifier): string | undefined {
  return HASHES.get(algorithmId);
}

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
  if (algorithm.algorithmId === PSS) return pssMethod(algorithm);
  const [kind, own] = SIGNATURES.get(algorithm.algorithmId) ?? [];
  if (kind === undefined) return undefined;
  if (kind === 'ed') return { kind, hash: null, saltLength: undefined };
  const told = own ?? hash;
  return told === undefined ? undefined : { kind, hash: told, saltLength: undefined };
}

function pssMethod({ algorithmParams }: AlgorithmIdentifier): SignatureMethod | undefined {
  const { hashAlgorithm, maskGenAlgorithm, saltLength } = new RSASSAPSSParams({ schema: algorithmParams });
  const hash = hashOf(hashAlgorithm);
  const mask: unknown = maskGenAlgorithm.algorithmParams;
  // Node masks with the hash of the content, as everybody does.
  const isSame = mask === undefined || JSON.stringify(mask).includes(`"${hashAlgorithm.algorithmId}"`);
  return hash === undefined || !isSame ? undefined : { kind: 'rsa', hash, saltLength };
}

/** Whether a signature fits. A key of another kind does not. */
export function fits(
  method: SignatureMethod,
  content: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): boolean {
  if (KINDS.get(key.asymmetricKeyType) !== method.kind) return false;
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

/** What makes a hash algorithm too weak to be believed; undefined: nothing. */
export function weaknessOfHash(hash: string | null | undefined): string | undefined {
  return BROKEN.get(hash ?? '');
}

/** What makes the algorithm of a certificate's signature too weak to be believed; undefined: nothing. */
export function weaknessOfSignature(algorithmId: string): string | undefined {
  return weaknessOfHash(SIGNATURES.get(algorithmId)?.[1]);
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
