import { z } from 'zod';
import type { Contact } from '../state/records.js';
import { ensureContact } from '../state/teams.js';
import { nothing, ok } from '../wire/answers.js';
import { notFound } from '../wire/refusal.js';
import { optionalText, readJson } from '../wire/request-body.js';
import { administering, idParam, type AuthorizedCall } from './call.js';
import { ownTeam } from './team-operations.js';

const contactSchema = z.object({
  firstName: optionalText,
  lastName: optionalText,
  email: z
    .string()
    .trim()
    .regex(/^[^\s@]+@[^\s@]+$/),
  title: optionalText,
  role: z.int().min(1).max(7),
  notifications: z.literal([0, 2, 3]).nullish(),
  overflow: z.boolean().nullish(),
});

/** Names of the role numbers; devices and aliases are users (dossier section 3.26, doubt 21). */
const ROLES = ['', 'Admin', 'User', 'Customer', 'Vendor', 'SuperUser', 'User', 'User'];

function shown(contact: Contact) {
  const { id, email, firstName, lastName, phone, title, role, notifications, status } = contact;
  return {
    id,
    email,
    firstName,
    lastName,
    phone,
    title,
    lastLogin: contact.lastLoginAt,
    moreInfo: '',
    role: ROLES[role],
    notificationsStatus: notifications,
    status,
    bid: contact.teamId,
  };
}

const isEnabled = ({ status }: Contact): boolean => status !== 'Disabled';

function contactsOf(call: AuthorizedCall): Contact[] {
  const team = ownTeam(call);
  return call.world.records.contacts.filter(({ teamId }) => teamId === team.id);
}

async function addContact(call: AuthorizedCall) {
  const { overflow: _overflow, notifications, ...named } = await readJson(call.request, contactSchema);
  const contact = ensureContact(call.world, {
    ...named,
    teamId: ownTeam(call).id,
    phone: '',
    notifications: notifications ?? 0,
    status: 'Invited',
    lastLoginAt: 0,
  });
  return ok({ id: contact.id });
}

function removeContact(call: AuthorizedCall) {
  const contact = contactsOf(call).find(({ id }) => id === idParam(call));
  if (contact === undefined) throw notFound('The contact is not known');
  contact.status = 'Disabled';
  const { records } = call.world;
  if (call.query.get('delete') === 'true')
    records.contacts = records.contacts.filter((other) => other !== contact);
  call.world.changed();
  return nothing();
}

/** The members of a team, devices among them. */
export const CONTACT_OPERATIONS = administering({
  getContacts: ['GET /contact', (call) => ok({ contacts: contactsOf(call).filter(isEnabled).map(shown) })],
  getAllContacts: ['GET /contact/all', (call) => ok({ contacts: contactsOf(call).map(shown) })],
  createContact: ['POST /contact', addContact],
  deleteContact: ['DELETE /contact/:id', removeContact],
});
