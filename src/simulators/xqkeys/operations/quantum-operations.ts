import type { RandomSource } from '../../kit/random.js';
import { ASSUMED } from '../assumptions.js';
import { text } from '../wire/answers.js';
import { malformed } from '../wire/refusal.js';
import type { Call, Operations } from './call.js';

const BITS_PER_DIGIT = 4;

function entropy({ world, query }: Call) {
  const { fallback, max } = ASSUMED.entropyBits;
  const bits = Number(query.get('ks') ?? fallback);
  if (!Number.isInteger(bits) || bits < 1 || bits > max) throw malformed('ks is not valid');
  if (query.get('raw') === '1') return text(randomBits(world.random, bits));
  const digits = Math.ceil(bits / BITS_PER_DIGIT);
  const hex = world.random
    .bytes(Math.ceil(digits / 2))
    .toString('hex')
    .slice(0, digits);
  return text(Buffer.from(hex).toString('base64'));
}

function randomBits(random: RandomSource, count: number): string {
  const bytes = [...random.bytes(Math.ceil(count / 8))];
  return bytes
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, count);
}

/** Entropy, for anybody. */
export const QUANTUM_OPERATIONS: Operations = { getEntropy: ['GET /', entropy] };
