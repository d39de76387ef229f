import { invalidInput } from '../provider-error.js';

/** The opaque place after one event of one watch, as handed to clients. */
export function encodeCursor(watchId: string, sequence: number): string {
  return Buffer.from(`${sequence} ${watchId}`).toString('base64url');
}

/** Whether a cursor was made for this watch. */
export function isCursorOf(watchId: string, cursor: string): boolean {
  return sequenceOf(watchId, cursor) !== undefined;
}

/**
 * The sequence a client has seen.
 * @throws {ProviderError} INVALID_INPUT naming `after`, when the cursor was not made for this watch.
 */
export function decodeCursor(watchId: string, cursor: string): number {
  const sequence = sequenceOf(watchId, cursor);
  if (sequence !== undefined) return sequence;
  throw invalidInput(['after'], 'after must be the cursor of an earlier event of this subscription.');
}

function sequenceOf(watchId: string, cursor: string): number | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, digits] = /^(\d{1,15}) /.exec(text) ?? [];
  const isOfWatch = digits !== undefined && encodeCursor(watchId, Number(digits)) === cursor;
  return isOfWatch ? Number(digits) : undefined;
}
