import { config, enums, type AlgorithmInfo, type Config, type Key, type Subkey } from 'openpgp';

/** What a key has to be to be believed and encrypted to. secp256k1 is out of use, not broken. */
export const ACCEPTED: Config = { ...config, rejectCurves: new Set() };

/** Tells whether a signature fits, however weak it is: that is judged apart. */
export const MATCHING: Config = {
  ...ACCEPTED,
  rejectHashAlgorithms: new Set(),
  rejectMessageHashAlgorithms: new Set(),
  rejectPublicKeyAlgorithms: new Set(),
  minRSABits: 0,
};

const BROKEN_HASHES: ReadonlyMap<number, string> = new Map([
  [enums.hash.md5, 'MD5'],
  [enums.hash.sha1, 'SHA-1'],
  [enums.hash.ripemd, 'RIPEMD-160'],
]);

const MIN_RSA_BITS = 2048;

/** The hash algorithm's name when somebody else can find content with the same hash. */
export function brokenHash(algorithm: number | null): string | undefined {
  return algorithm === null ? undefined : BROKEN_HASHES.get(algorithm);
}

/** As OpenPGP.js names it; null when it does not know it. */
export function hashName(algorithm: number | null): string | null {
  return Object.entries(enums.hash).find(([, number]) => number === algorithm)?.[0] ?? null;
}

/** What makes a key too weak to be believed; undefined: nothing. */
export function weaknessOf(key: Key | Subkey): string | undefined {
  const info: AlgorithmInfo = key.getAlgorithmInfo();
  if (info.algorithm.startsWith('dsa') || info.algorithm.startsWith('elgamal'))
    return info.algorithm.toUpperCase();
  if (info.algorithm.startsWith('rsa') && (info.bits ?? 0) < MIN_RSA_BITS)
    return `RSA with ${info.bits ?? 0} bits`;
  return undefined;
}
