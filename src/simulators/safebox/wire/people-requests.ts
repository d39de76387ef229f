import { z } from 'zod';
import { DESTINATION_TYPES, type ContactMethodChange } from '../state/contact-methods.js';
import type { FavoriteChange } from '../state/favorites.js';
import type { GuestChange, GuestDraft } from '../state/guests.js';
import { neededEmail, neededText } from './request-body.js';

const contactMethod = z
  .object({
    id: z.int().optional(),
    destination: neededText.optional(),
    destination_type: z.enum(DESTINATION_TYPES).optional(),
    /** Published clients send `true`, `"true"`, `1` and `"1"`. */
    _destroy: z.union([z.boolean(), z.string(), z.number()]).optional(),
  })
  .refine(({ id, destination }) => id !== undefined || destination !== undefined, {
    error: 'blank',
    path: ['destination'],
  })
  .refine(({ id, destination_type }) => id !== undefined || destination_type !== undefined, {
    error: 'blank',
    path: ['destination_type'],
  })
  .transform(({ id, destination, destination_type, _destroy }): ContactMethodChange => ({
    id,
    destination,
    destinationType: destination_type,
    remove: ['true', '1'].includes(String(_destroy)),
  }));

const person = z.object({
  email: neededEmail.optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  company_name: z.string().optional(),
  contact_methods: z.array(contactMethod).default([]),
});

const guest = person.extend({ privileged: z.boolean().optional(), locked: z.boolean().optional() });

const favorite = person.extend({ always_promote: z.boolean().optional(), order_number: z.int().optional() });

type PersonFields = z.output<typeof person>;

/** A guest of a new or an existing SafeBox: the options of the guest stand flat beside the name. */
export const guestDraft = guest
  .extend({ email: neededEmail })
  .transform((given): GuestDraft => ({ ...guestChangeOf(given), email: given.email }));

/** `{"participant": {...}}` of a creation. */
export const participantCreation = z.object({ participant: guestDraft });

/** `{"participant": {...}}` of an update, every field optional. */
export const participantUpdate = z.object({ participant: guest.transform(guestChangeOf) });

/** `{"favorite": {...}}` of a creation. */
export const favoriteCreation = z.object({
  favorite: favorite
    .extend({ email: neededEmail })
    .transform((given) => ({ ...favoriteChangeOf(given), email: given.email })),
});

/** `{"favorite": {...}}` of an update, every field optional. */
export const favoriteUpdate = z.object({ favorite: favorite.transform(favoriteChangeOf) });

function guestChangeOf({ privileged, locked, ...rest }: z.output<typeof guest>): GuestChange {
  return { ...personOf(rest), privileged, locked };
}

function favoriteChangeOf({
  always_promote,
  order_number,
  ...rest
}: z.output<typeof favorite>): FavoriteChange {
  return { ...personOf(rest), alwaysPromote: always_promote, orderNumber: order_number };
}

function personOf({ email, first_name, last_name, company_name, contact_methods }: PersonFields) {
  return {
    email,
    firstName: first_name,
    lastName: last_name,
    companyName: company_name,
    contactMethods: contact_methods,
  };
}
