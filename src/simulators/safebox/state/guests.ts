import { touch, type Box, type Guest } from './box.js';
import { changeContactMethods } from './contact-methods.js';
import { sameEmail } from './directory.js';
import { recordGuest } from './events.js';
import { changePerson, type PersonChange } from './person.js';
import type { Service } from './service.js';

/** What a request says of a guest; absent means unchanged. */
export interface GuestChange extends PersonChange {
  readonly privileged?: boolean | undefined;
  /** True revokes access, false restores it. */
  readonly locked?: boolean | undefined;
}

export type GuestDraft = GuestChange & {
  readonly email: string;
  /** Default: a new one. */
  readonly id?: string;
};

/** A guest invited at `at`. */
export function newGuest(service: Service, draft: GuestDraft, at: number): Guest {
  return {
    id: draft.id ?? service.hexId(),
    number: service.nextId(),
    email: draft.email,
    firstName: draft.firstName ?? '',
    lastName: draft.lastName ?? '',
    companyName: draft.companyName ?? '',
    privileged: draft.privileged ?? false,
    locked: draft.locked ?? false,
    bouncedEmail: false,
    failedLoginAttempts: 0,
    verified: false,
    createdAt: at,
    updatedAt: at,
    contactMethods: changeContactMethods(service, [], draft.contactMethods, at),
    messagesRead: 0,
    invitedAt: at,
    scriptPosition: 0,
  };
}

/** Invites one more guest into an open SafeBox. */
export function addGuest(service: Service, box: Box, draft: GuestDraft): Guest {
  const at = service.clock.now();
  const guest = newGuest(service, draft, at);
  box.guests.push(guest);
  touch(box, at, 'no activity');
  recordGuest(box, 'participantAdded', at, { email: guest.email });
  service.changed();
  return guest;
}

export function changeGuest(service: Service, box: Box, guest: Guest, change: GuestChange): void {
  const at = service.clock.now();
  if (change.email !== undefined && !sameEmail(change.email, guest.email)) inviteAnew(guest, at);
  changePerson(service, guest, change, at);
  guest.privileged = change.privileged ?? guest.privileged;
  if (change.locked !== undefined && change.locked !== guest.locked) setLocked(box, guest, change.locked, at);
  touch(box, at, 'no activity');
  service.changed();
}

export function findGuestByEmail(box: Box, email: string): Guest | undefined {
  return box.guests.find((guest) => sameEmail(guest.email, email));
}

function inviteAnew(guest: Guest, at: number): void {
  guest.bouncedEmail = false;
  guest.verified = false;
  guest.invitedAt = at;
  guest.scriptPosition = 0;
}

function setLocked(box: Box, guest: Guest, locked: boolean, at: number): void {
  guest.locked = locked;
  if (locked) recordGuest(box, 'guestRevoked', at, { email: guest.email });
  else guest.failedLoginAttempts = 0;
}
