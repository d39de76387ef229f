import { z } from 'zod';
import { readable } from '../../kit/odd-parts.js';
import { date, id, optional, word } from './fields.js';

/** Dossier 3.4. */
export const contactMethod = z.object({
  id,
  destination: word,
  destinationType: word,
  verified: optional(z.boolean()),
  createdAt: optional(date),
  updatedAt: optional(date),
});
export type ContactMethod = z.infer<typeof contactMethod>;

/** Dossier 3.13. */
export const guestOptions = z.object({
  companyName: optional(z.string()),
  locked: optional(z.boolean()),
  contactMethods: optional(readable(contactMethod)),
  bouncedEmail: optional(z.boolean()),
  failedLoginAttempts: optional(z.number()),
  verified: optional(z.boolean()),
  createdAt: optional(date),
  updatedAt: optional(date),
});

/** Dossier 3.15. */
export const participant = z.object({
  id,
  // Whoever takes part is shown, whatever is known of them.
  email: word,
  firstName: optional(z.string()),
  lastName: optional(z.string()),
  type: optional(z.string()),
  role: optional(z.string()),
  privileged: optional(z.boolean()),
  messageReadCount: optional(z.number()),
  messageTotalCount: optional(z.number()),
  guestOptions: optional(guestOptions),
});
export type Participant = z.infer<typeof participant>;

/** Dossier 3.12. */
export const favorite = z.object({
  id,
  email: z.string(),
  firstName: optional(z.string()),
  lastName: optional(z.string()),
  companyName: optional(z.string()),
  orderNumber: optional(z.number()),
  contactMethods: optional(readable(contactMethod)),
  createdAt: optional(date),
  updatedAt: optional(date),
});
export type Favorite = z.infer<typeof favorite>;

export const favorites = z.object({ favorites: readable(favorite) });

/** Dossier op 32. */
export const recipients = z.object({
  results: readable(
    z.object({
      id,
      type: word,
      email: z.string(),
      firstName: optional(z.string()),
      lastName: optional(z.string()),
      companyName: optional(z.string()),
    }),
  ),
});
export type RecipientSuggestion = z.infer<typeof recipients>['results'][number];
