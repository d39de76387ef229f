import { invalidInput } from '../providers/kit/errors.js';

/** The opaque place after one event of one watch, as handed to clients. */
export function encodeCursor(watchId: string, sequence: number): string {
  return Buffer.from(`${sequence} ${watchId}`).toString('base64url');
}

/**
 * The sequence a client has seen.
 * @throws {ProviderError} INVALID_INPUT naming `after`, when the cursor was not made for this watch.
 */
export function decodeCursor(watchId: string, cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, digits] = /^(\d{1,15}) /.exec(text) ?? [];
  if (digits === undefined || encodeCursor(watchId, Number(digits)) !== cursor)
    throw invalidInput(['after'], 'after must be the cursor of an earlier event of this subscription.');
  return Number(digits);
}
