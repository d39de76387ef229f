import { randomBytes } from 'node:crypto';

const POOL_BYTES = 4_096;

let pool = Buffer.alloc(0);
let used = 0;

/** So many random bytes, up to 4,096. Many are drawn at once, which costs little more than a few, and each is handed out once. */
export function takeRandomBytes(bytes: number): Buffer {
  if (used + bytes > pool.length) {
    // A pool of its own: what was handed out of the last one stays what it is.
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  used += bytes;
  return pool.subarray(used - bytes, used);
}
