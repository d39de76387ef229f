import { z } from 'zod';
import { PROBLEM_REASONS } from '../problem-reason.js';
import type { ProblemReason } from '../problem-reason.js';
import { PROBLEM_CODES, ProviderError } from '../provider-error.js';
import type { ProblemCode } from '../provider-error.js';
import type { StoredRecord } from '../store/record-store.js';
import type { Vault } from '../vault/vault.js';

/** How a command ended. */
export type Outcome = { readonly result: unknown } | { readonly error: ProviderError };

const entry = z.object({
  /** Of the input, which may hold secrets and is itself not kept. */
  fingerprint: z.string(),
  /** Milliseconds since the epoch; without an outcome by then, whoever ran the command was cut off. */
  leaseEndsAt: z.number(),
  /** The process that runs the command; once it is gone, so is the lease. */
  instance: z.string().optional(),
  /** Sealed JSON. */
  outcome: z.string().optional(),
});

const CODES = Object.keys(PROBLEM_CODES) as [ProblemCode, ...ProblemCode[]];

const REASONS = Object.keys(PROBLEM_REASONS) as [ProblemReason, ...ProblemReason[]];

const sealedError = z.object({
  code: z.enum(CODES),
  message: z.string(),
  provider: z.string().optional(),
  providerCode: z.string().optional(),
  path: z.array(z.string()).optional(),
  reason: z.enum(REASONS).optional(),
  reference: z.string().optional(),
  retryAfterMs: z.number().optional(),
});

const sealedOutcome = z.union([
  z.object({ error: sealedError.extend({ others: z.array(sealedError).optional() }) }),
  z.object({ result: z.unknown() }),
]);

/** What is kept of a command that has just begun. */
export function writeClaim(claim: z.infer<typeof entry>): string {
  return JSON.stringify(claim);
}

/** What is kept of it once it has ended. */
export function sealOutcome(claim: StoredRecord, outcome: Outcome, vault: Vault): string {
  const plain = 'error' in outcome ? { error: describe(outcome.error) } : outcome;
  return JSON.stringify({ ...parse(claim), outcome: vault.seal(JSON.stringify(plain), claim) });
}

/** What is kept, read again. `outcome` is undefined while there is none. */
export function openEntry(record: StoredRecord) {
  const { fingerprint, leaseEndsAt, instance, outcome } = parse(record);
  return {
    fingerprint,
    leaseEndsAt,
    instance,
    outcome: (vault: Vault): Outcome | undefined =>
      outcome === undefined ? undefined : revive(vault.open(outcome, record)),
  };
}

function parse(record: StoredRecord): z.infer<typeof entry> {
  return entry.parse(JSON.parse(record.value));
}

function describe(error: ProviderError) {
  return { ...describeOne(error), others: error.others.map(describeOne) };
}

function describeOne(error: ProviderError): z.input<typeof sealedError> {
  const { code, message, provider, providerCode, path, reason, reference, retryAfterMs } = error;
  return { code, message, provider, providerCode, path: path && [...path], reason, reference, retryAfterMs };
}

function revive(text: string): Outcome {
  const plain = sealedOutcome.parse(JSON.parse(text));
  if (!('error' in plain)) return { result: plain.result };
  const { others = [], ...first } = plain.error;
  const revived = others.map((other) => new ProviderError(other.code, other));
  return { error: new ProviderError(first.code, { ...first, others: revived }) };
}
