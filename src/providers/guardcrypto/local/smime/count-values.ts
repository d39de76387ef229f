import { CONSTRUCTED, headAt } from './ber-reader.js';
import { TAG } from './der.js';

/**
 * Counts values of DER before a library makes a thing of each, those within octet strings included, where extensions
 * have theirs. It reads every byte once.
 * @param spend is told of each, and may throw
 */
export function countValues(der: Buffer, spend: () => void): void {
  const ends: number[] = [];
  for (let at = 0; ;) {
    const limit = ends.at(-1) ?? der.length;
    const head = at < limit ? headAt(der, at, limit) : undefined;
    if (head === undefined) {
      // An octet string is at its end, or holds something else: on behind it.
      const end = ends.pop();
      if (end === undefined) return;
      at = end;
      continue;
    }
    spend();
    const { tag, start, end = start } = head;
    if (tag === TAG.octetString) ends.push(end);
    at = tag === TAG.octetString || (tag & CONSTRUCTED) !== 0 ? start : end;
  }
}
