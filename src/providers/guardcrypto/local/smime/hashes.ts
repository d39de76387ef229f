import type { AlgorithmIdentifier } from 'pkijs';

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

/** @param name object identifier */
export function isKnownHash(name: string | undefined): boolean {
  return HASHES.has(name ?? '');
}

const BROKEN: ReadonlyMap<string, string> = new Map([
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
]);

/** As Node names it. */
export function hashOf({ algorithmId }: AlgorithmIdentifier): string | undefined {
  return HASHES.get(algorithmId);
}

/** What makes a hash algorithm too weak to be believed; undefined: nothing. */
export function weaknessOfHash(hash: string | null | undefined): string | undefined {
  return BROKEN.get(hash ?? '');
}
