import { invalidInput } from '../../../src/provider-error.js';
import { operation } from '../../../src/providers/guardcrypto/local/operation.js';

/** What threads of `local-threads.test.ts` are asked to do. */

export const measure = operation('bytes', async ({ bytes }: { readonly bytes: Uint8Array }, now) => ({
  length: bytes.length,
  now: now.getTime(),
  bytes,
}));

export const refuse = operation('field', async ({ field }: { readonly field: string }) => {
  throw invalidInput([field], 'MALFORMED', `${field} must be another.`);
});

export const die = operation('bytes', async (_input: object) => process.exit(1));

export const fail = operation('bytes', async (_input: object) => {
  throw new RangeError('out of something private');
});

export const fill = operation('bytes', async (_input: object) => {
  for (const kept: object[] = []; ;) kept.push(new Array(10_000).fill(kept.length).map(String));
});

export const work = operation('bytes', async (_input: object) => {
  for (;;);
});
