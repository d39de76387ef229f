import { invalidInput } from '../provider-error.js';

/** The place after one event of one watch. */
export interface Place {
  /** When the watch was made, epoch milliseconds: one that was lost and made again begins another log. */
  readonly life: number;
  readonly sequence: number;
}

/** The opaque place after one event of one watch, as handed to clients. */
export function encodeCursor(watchId: string, { life, sequence }: Place): string {
  return Buffer.from(`${sequence}.${life} ${watchId}`).toString('base64url');
}

/** Whether a cursor was made for this watch. */
export function isCursorOf(watchId: string, cursor: string): boolean {
  return placeOf(watchId, cursor) !== undefined;
}

/**
 * What a client has seen.
 * @throws {ProviderError} INVALID_INPUT naming `after`, when the cursor was not made for this watch.
 */
export function decodeCursor(watchId: string, cursor: string): Place {
  const place = placeOf(watchId, cursor);
  if (place !== undefined) return place;
  throw invalidInput(
    ['after'],
    'MALFORMED',
    'after must be the cursor of an earlier event of this subscription.',
  );
}

function placeOf(watchId: string, cursor: string): Place | undefined {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, sequence, life] = /^(\d{1,15})\.(\d{1,15}) /.exec(text) ?? [];
  if (sequence === undefined || life === undefined) return undefined;
  const place = { sequence: Number(sequence), life: Number(life) };
  return encodeCursor(watchId, place) === cursor ? place : undefined;
}
