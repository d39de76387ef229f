import { touch, type Box, type Guest, type StoredDocument } from './box.js';
import type { User } from './directory.js';
import { recordGuest } from './events.js';
import { findGuestByEmail } from './guests.js';

/** How a download names the owner; guests are named by their id. */
export const OWNER = 'owner';

/** @returns undefined for a user who takes no part in the SafeBox. */
export function downloaderOf(box: Box, user: User): string | undefined {
  return box.ownerId === user.id ? OWNER : findGuestByEmail(box, user.email)?.id;
}

/** Writes the first complete download of a document by one participant into the activity. */
export function recordDownload(box: Box, { id, name, size }: StoredDocument, by: string, at: number): void {
  if (box.downloads.some((download) => download.documentId === id && download.by === by)) return;
  box.downloads.push({ documentId: id, by, bytes: size, at });
  const guest: Guest | undefined = box.guests.find((candidate) => candidate.id === by);
  touch(box, at, guest === undefined ? 'no activity' : 'activity');
  if (guest !== undefined) recordGuest(box, 'downloadedByGuest', at, { email: guest.email, name });
}
