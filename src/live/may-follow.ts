import type { WatchEvent } from './ports.js';

/** Whether an event may be written behind the latest: what ended as NOT_FOUND goes on when it is seen again. */
export function mayFollow(
  latest: WatchEvent | undefined,
  event: Pick<WatchEvent, 'terminal' | 'endReason'>,
): boolean {
  if (!latest?.terminal) return true;
  const isSeen = !event.terminal || event.endReason === 'FINISHED';
  return latest.endReason === 'NOT_FOUND' && isSeen;
}
