import { percentile } from './percentile.js';

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
