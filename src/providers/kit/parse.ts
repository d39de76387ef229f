import type { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { WireSource } from './http-response.js';

/**
 * Wire data as the schema describes it.
 * @throws ProviderError PROVIDER_PROTOCOL; its cause names the places at fault, never a value
 */
export function parseWire<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  { provider, operation }: WireSource,
): z.infer<Schema> {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const places = result.error.issues.map(
    ({ path, code }) => `${path.map(String).join('.') || '(root)'} ${code}`,
  );
  throw new ProviderError('PROVIDER_PROTOCOL', {
    provider,
    cause: new Error(`${operation}: ${places.join(', ')}`),
  });
}
