import { z } from 'zod';

// The wire is read after its names were turned into camelCase.

/** An id: number or text on the wire (dossier section 1), always text here. */
export const id = z.union([z.string().min(1), z.number()]).transform(String);

/** An id back in the type it came in: those of profiles and contact methods are numbers. */
export function toWireId(text: string): string | number {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** ISO 8601. */
export const date = z.iso.datetime({ offset: true });

/** Absent and null are the same. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? null);
}

/** A text that ought to be there: empty where it is not, so that the rest of the thing stands. */
export const word = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

/** An object of optional parts at least one of which is there: an empty one says nothing. */
export function known<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape).refine((value) => Object.values(value).some((part) => part !== null));
}

/** Answer to a state change (dossier 3.22). */
export const result = z.object({ result: z.boolean() });

export const urlAnswer = z.object({ url: z.url() });
