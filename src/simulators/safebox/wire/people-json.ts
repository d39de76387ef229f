import type { Box, Guest } from '../state/box.js';
import type { ContactMethod } from '../state/contact-methods.js';
import type { User } from '../state/directory.js';
import type { Favorite } from '../state/world.js';
import { date } from './date.js';

/** One guest (dossier 3.15), its options nested. */
export function guestJson(box: Box, guest: Guest): unknown {
  return {
    id: guest.id,
    first_name: guest.firstName,
    last_name: guest.lastName,
    email: guest.email,
    type: 'guest',
    role: 'guest',
    privileged: guest.privileged,
    message_read_count: Math.min(guest.messagesRead, box.messages.length),
    message_total_count: box.messages.length,
    guest_options: {
      company_name: guest.companyName,
      locked: guest.locked,
      bounced_email: guest.bouncedEmail,
      failed_login_attempts: guest.failedLoginAttempts,
      verified: guest.verified,
      created_at: date(guest.createdAt),
      updated_at: date(guest.updatedAt),
      contact_methods: guest.contactMethods.map((method) => ({
        ...contactMethodJson(method),
        verified: method.verified,
      })),
    },
  };
}

/** The owner as a participant: without guest options. */
export function ownerJson(box: Box, owner: User, idAsText: boolean): unknown {
  return {
    id: idAsText ? String(owner.id) : owner.id,
    first_name: owner.firstName,
    last_name: owner.lastName,
    email: owner.email,
    type: 'user',
    role: 'owner',
    message_read_count: box.messages.filter(({ read }) => read).length,
    message_total_count: box.messages.length,
  };
}

/** One favorite (dossier 3.12). */
export function favoriteJson(favorite: Favorite): unknown {
  return {
    id: favorite.id,
    email: favorite.email,
    first_name: favorite.firstName,
    last_name: favorite.lastName,
    company_name: favorite.companyName,
    order_number: favorite.orderNumber,
    always_promote: favorite.alwaysPromote,
    created_at: date(favorite.createdAt),
    updated_at: date(favorite.updatedAt),
    contact_methods: favorite.contactMethods.map(contactMethodJson),
  };
}

function contactMethodJson(method: ContactMethod) {
  return {
    id: method.id,
    destination: method.destination,
    destination_type: method.destinationType,
    created_at: date(method.createdAt),
    updated_at: date(method.updatedAt),
  };
}
