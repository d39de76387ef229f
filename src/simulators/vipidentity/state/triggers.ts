import type { FinalPushStatus } from '../statuses.js';

/** How a push ends by itself, by a word in the user id. `+pending`, or no word, leaves it open until it expires. */
const PUSH_ENDS: readonly (readonly [word: string, status: FinalPushStatus])[] = [
  ['+approve', '7000'],
  ['+deny', '7002'],
  ['+expire', '7004'],
  ['+notcompleted', '7006'],
  ['+params', '7008'],
];

/** The state in which pushes to this user end; undefined when nobody ever answers. */
export function scriptedEnd(userId: string): FinalPushStatus | undefined {
  const name = localPart(userId);
  return PUSH_ENDS.find(([word]) => name.includes(word))?.[1];
}

/** Whether the first call about this user meets trouble at the provider. */
export function failsOnce(userId: string): boolean {
  return localPart(userId).includes('+6005');
}

function localPart(userId: string): string {
  return (userId.split('@', 1)[0] ?? '').toLowerCase();
}
