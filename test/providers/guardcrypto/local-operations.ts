import { invalidInput } from '../../../src/provider-error.js';
import { operation } from '../../../src/providers/guardcrypto/local/operation.js';

/** What threads of `local-threads.test.ts` are asked to do. */

export const measure = operation(async ({ bytes }: { readonly bytes: Uint8Array }, now) => ({
  length: bytes.length,
  now: now.getTime(),
  bytes,
}));

export const refuse = operation(async ({ field }: { readonly field: string }) => {
  throw invalidInput([field], `${field} must be another.`);
});

export const die = operation(async (_input: object) => process.exit(1));

export const fail = operation(async (_input: object) => {
  throw new RangeError('out of something');
});

export const fill = operation(async (_input: object) => {
  for (const kept: object[] = []; ;) kept.push(new Array(10_000).fill(kept.length).map(String));
});

export const work = operation(async (_input: object) => {
  for (;;);
});
