import { documentsOf, touch, type Box, type Guest } from './box.js';
import { recordDownload } from './downloads.js';
import { recordGuest } from './events.js';
import { extendAfterReply } from './replies.js';
import type { Service } from './service.js';

/** What a guest, or the mail server of one, can do. */
export const GUEST_ACTS = ['read', 'download', 'reply', 'bounce', 'failLogin'] as const;

export type GuestAct = (typeof GUEST_ACTS)[number];

/**
 * Lets a guest of an open SafeBox act.
 * @param note text of a reply.
 * @returns false when the guest is locked out or replies are off.
 */
export function performAct(
  service: Service,
  box: Box,
  guest: Guest,
  act: GuestAct,
  at: number,
  note = `A reply from ${guest.email}.`,
): boolean {
  if (act !== 'bounce' && guest.locked) return false;
  if (act === 'reply' && !box.options.reply_enabled) return false;
  switch (act) {
    case 'read':
      logIn(box, guest, at);
      break;
    case 'download':
      logIn(box, guest, at);
      for (const document of documentsOf(box)) recordDownload(box, document, guest.id, at);
      break;
    case 'reply':
      logIn(box, guest, at);
      reply(service, box, guest, note, at);
      break;
    case 'bounce':
      guest.bouncedEmail = true;
      touch(box, at, 'no activity');
      recordGuest(box, 'emailBounced', at, { email: guest.email });
      break;
    case 'failLogin':
      failLogin(box, guest, at);
  }
  guest.updatedAt = at;
  service.changed();
  return true;
}

function logIn(box: Box, guest: Guest, at: number): void {
  const isNew = !guest.verified || guest.messagesRead < box.messages.length;
  guest.verified = true;
  guest.failedLoginAttempts = 0;
  guest.messagesRead = box.messages.length;
  const [phone] = guest.contactMethods;
  if (phone !== undefined && box.options.allow_sms) phone.verified = true;
  if (!isNew) return;
  touch(box, at, 'activity');
  recordGuest(box, 'guestLoggedIn', at, { email: guest.email });
}

function reply(service: Service, box: Box, guest: Guest, note: string, at: number): void {
  box.messages.push({
    id: service.nextId(),
    note,
    authorId: guest.number,
    authorType: 'guest',
    read: false,
    createdAt: at,
    documents: [],
  });
  guest.messagesRead = box.messages.length;
  touch(box, at, 'activity');
  recordGuest(box, 'repliedByGuest', at, { email: guest.email, count: 0 });
  extendAfterReply(box, at);
}

function failLogin(box: Box, guest: Guest, at: number): void {
  guest.failedLoginAttempts += 1;
  touch(box, at, 'no activity');
  const limit = box.options.allowed_login_attempts;
  if (limit === null || guest.failedLoginAttempts < limit) return;
  guest.locked = true;
  recordGuest(box, 'guestRevoked', at, { email: guest.email });
}
