import { z } from 'zod';
import { readable } from '../../kit/odd-parts.js';
import { toKeyId } from '../key-id.js';

// The sorts of values on the wire. What may be missing or null is null.

export function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? null);
}

export const text = orNull(z.string());
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return readable(schema)
    .nullish()
    .transform((value) => value ?? []);
}

/** A 64-bit id, as number of whatever length or as text. */
export const keyId = z.union([z.number(), z.bigint(), z.string()]).transform((value, context) => {
  const id = toKeyId(String(value));
  if (id !== undefined) return id;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
});

/** Lower-case hex without blanks. */
export const fingerprint = z.string().transform((value) => value.replace(/\s+/g, '').toLowerCase());

// A number this small cannot be milliseconds: it would lie in 1973 (dossier doubt 15).
const SMALLEST_MS = 1e11;

/** Milliseconds since the epoch. */
export const instant = z
  .number()
  .transform((value) => (Math.abs(value) < SMALLEST_MS ? value * 1000 : value));

/** A serial number of up to 20 octets: never a number here. */
export const serial = z.union([z.string(), z.bigint(), z.number()]).transform(String);
