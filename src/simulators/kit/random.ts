import { createHash, randomBytes } from 'node:crypto';

/** Where a simulator takes its ids, codes and keys from. */
export interface RandomSource {
  bytes(length: number): Buffer;
}

/** Not predictable: the default. */
export const cryptographicRandom: RandomSource = { bytes: (length) => randomBytes(length) };

/** The same seed gives the same bytes: for tests that compare whole answers. */
export function seededRandom(seed: string): RandomSource {
  let block = 0;
  return {
    bytes(length) {
      const blocks: Buffer[] = [];
      for (let filled = 0; filled < length; filled += 32) {
        blocks.push(createHash('sha256').update(`${seed}\0${block++}`).digest());
      }
      return Buffer.concat(blocks).subarray(0, length);
    },
  };
}

export const DIGITS = '0123456789';
export const ALPHANUMERIC = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;

/** `length` characters, each equally likely, of an alphabet of at most 256. */
export function randomText(random: RandomSource, length: number, alphabet: string): string {
  const unbiased = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length - text.length)) {
      if (byte < unbiased) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
