import { createHash } from 'node:crypto';

/** Content and what it says it is. */
export class SignedContent {
  readonly bytes: Uint8Array;
  /** Object identifier. */
  readonly type: string;
  readonly #hashes = new Map<string, Buffer>();

  constructor(bytes: Uint8Array, type: string) {
    this.bytes = bytes;
    this.type = type;
  }

  /** Calculated once, however many signatures ask for it. @param algorithm as Node names it */
  hash(algorithm: string): Buffer {
    const known = this.#hashes.get(algorithm);
    if (known !== undefined) return known;
    const hash = createHash(algorithm).update(this.bytes).digest();
    this.#hashes.set(algorithm, hash);
    return hash;
  }
}
