import { checkAll } from '../../../check-all.js';
import { lengthReason } from '../../../problem-reason.js';
import { invalidInput, ProviderError } from '../../../provider-error.js';
import type { TextOrBytes } from './local-crypto.js';

/** Largest key or certificate, bytes. */
export const MAX_MATERIAL_BYTES = 1024 * 1024;

/** Keys or certificates in one call. */
export const MAX_MATERIALS = 100;

/** Signatures in one message. */
export const MAX_SIGNATURES = 32;

/** @throws ProviderError `TOO_LARGE`, or `INVALID_INPUT` when there is nothing */
export function checkSize(field: string, value: TextOrBytes, maxBytes: number, path = [field]): void {
  if (value.length === 0) throw invalidInput(path, 'BLANK', `${path.join('.')} must not be empty.`);
  checkLargest(path, value, maxBytes);
}

/** @throws ProviderError `TOO_LARGE` */
export function checkLargest(path: readonly string[], value: TextOrBytes, maxBytes: number): void {
  const bytes = typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength;
  if (bytes <= maxBytes) return;
  const name = path.join('.');
  throw new ProviderError('TOO_LARGE', { path, message: `${name} is larger than ${maxBytes} bytes.` });
}

/**
 * Checks keys or certificates before anything is done with them.
 * @throws ProviderError `TOO_LARGE`, `INVALID_INPUT`
 */
export function checkMaterial(field: string, values: readonly TextOrBytes[], min = 1): void {
  if (values.length < min || values.length > MAX_MATERIALS)
    throw invalidInput(
      [field],
      lengthReason(values.length, min),
      `${field} must have ${min} to ${MAX_MATERIALS} elements.`,
    );
  checkAll(
    values.map((value, index) => () => checkSize(field, value, MAX_MATERIAL_BYTES, [field, String(index)])),
  );
}
