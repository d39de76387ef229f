import { touch, type Box, type StoredDocument } from './box.js';
import type { User } from './directory.js';
import { addTime } from './duration.js';
import { record } from './events.js';
import type { Service } from './service.js';

/** What a user writes into an open SafeBox. */
export interface Reply {
  readonly author: User;
  readonly note: string | null;
  readonly documents: readonly StoredDocument[];
  /** Address it came from. */
  readonly ip: string;
}

/** Adds the reply of a user; the caller has made sure that the SafeBox takes one. */
export function addReply(service: Service, box: Box, { author, note, documents, ip }: Reply): void {
  const at = service.clock.now();
  service.temporary.release(documents);
  box.messages.push({
    id: service.nextId(),
    note,
    authorId: author.id,
    authorType: 'User',
    read: true,
    createdAt: at,
    documents: [...documents],
  });
  touch(box, at, 'activity');
  record(box, 'repliedByOwner', { at, details: { email: author.email, count: documents.length, ip } });
  extendAfterReply(box, at);
  service.changed();
}

/** A reply near the end moves the deadline: from then on there is the profile's extra time again. */
export function extendAfterReply(box: Box, at: number): void {
  const { auto_extend_value: value, auto_extend_unit: unit } = box.options;
  if (value === null || value <= 0) return;
  const extended = addTime(at, value, unit);
  if (extended > box.expiration) extend(box, extended, at);
}

/** Moves the deadline to `until`. */
export function extend(box: Box, until: number, at: number): void {
  box.expiration = until;
  touch(box, at, 'no activity');
  record(box, 'extended', { at, details: { date: new Date(until).toISOString() } });
}
