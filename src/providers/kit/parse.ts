import type { z } from 'zod';
import { notUnderstood as channel, ProviderError } from '../../provider-error.js';
import { isWhole, placesOf, tellOnce, withoutOddParts } from './odd-parts.js';
import type { WireSource } from './wire-source.js';

/**
 * Wire data as the schema describes it. Odd parts that may be missing are left out, and told.
 * @param providerCode what the provider calls its answer
 * @throws ProviderError as of `notUnderstood`; its cause names the places at fault, never a value
 */
export function parseWire<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  source: WireSource,
  providerCode?: string,
): z.infer<Schema> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const { issues } = result.error;
  const repaired = withoutOddParts(schema, data, issues);
  if (!repaired) throw notUnderstood(source, placesOf(issues), providerCode);
  tellOnce(source, placesOf(issues));
  return repaired.data;
}

/** A part of an answer that may be missing, when it is as the schema describes it; else undefined, and told. */
export function parseOptional<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  source: WireSource,
): z.infer<Schema> | undefined {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const { issues } = result.error;
  tellOnce(source, placesOf(issues));
  return withoutOddParts(schema, data, issues)?.data;
}

/**
 * For whoever concludes from a list that something is not there.
 * @throws ProviderError as of `notUnderstood`, when something was left out of it
 */
export function requireWhole(source: WireSource, list: readonly unknown[]): void {
  if (!isWhole(list)) throw notUnderstood(source, 'something in the list is not understood');
}

/**
 * What an answer is about must be what was asked for: somebody else's success is none.
 * @throws ProviderError as of `notUnderstood`
 */
export function requireAsked(source: WireSource, asked: string, answered: string): void {
  if (answered !== asked) throw notUnderstood(source, 'the answer is about something else');
}

/**
 * A success that is none, as nobody understands it: PROVIDER_PROTOCOL of a read, OUTCOME_UNKNOWN of a write.
 * @param reason for the log: a sentence of ours, never the provider's
 * @param providerCode what the provider calls its answer
 */
export function notUnderstood(
  { provider, operation, kind }: WireSource,
  reason: string,
  providerCode?: string,
): ProviderError {
  const cause = new Error(`${operation}: ${reason}`);
  if (kind === 'read') return new ProviderError('PROVIDER_PROTOCOL', { provider, providerCode, cause });
  const error = new ProviderError('OUTCOME_UNKNOWN', { provider, providerCode, cause });
  channel.publish(error);
  return error;
}
