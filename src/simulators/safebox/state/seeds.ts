import type { Box, StoredDocument } from './box.js';
import { createBox } from './create-box.js';
import { ACME, ADA, OTTO, type User } from './directory.js';
import { addTime } from './duration.js';
import { addFavorite } from './favorites.js';
import { performAct } from './guest-acts.js';
import { findGuestByEmail, type GuestDraft } from './guests.js';
import { close, deleteContent } from './lifecycle.js';
import { DEFAULT_PROFILE } from './profiles.js';
import { optionsOf, type SecurityOptions } from './security-options.js';
import type { Service } from './service.js';
import { enterpriseToken } from './tokens.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The SafeBoxes that are there from the start, by what they show. */
const SEEDED_BOXES = {
  /** Open, with a document and an unread reply. */
  open: '0a11ce00000000000000000000000001',
  /** Open, its content readable with the participants' key alone. */
  keyRequired: '0a11ce00000000000000000000000002',
  /** Closed, its content kept for thirty days. */
  closed: '0a11ce00000000000000000000000003',
  contentDeleted: '0a11ce00000000000000000000000004',
  /** Open, Otto's, with Ada as a participant. */
  shared: '0a11ce00000000000000000000000005',
} as const;

/** Bob, in the open SafeBox. */
const SEEDED_GUEST = '0a11ce00000000000000000000000b0b';

const BOB = person('bob@partner.example', 'Bob', 'Builder', 'Partner Ltd', '+15145550000');
const ZOE = person('zoe@client.example', 'Zoë', 'Šimková', 'Client s.r.o.', '+420555010203');

/** Fills an empty world: the accounts' tokens and favorites, and SafeBoxes in every state. */
export function seed(service: Service): void {
  const now = service.clock.now();
  enterpriseToken(service, ACME);
  addFavorite(service, ADA.id, person('john.smith@ext.example', 'John', 'Smith', 'Ext', '+15145550001'));
  addFavorite(service, ADA.id, BOB);

  const open = seedBox(service, ADA, SEEDED_BOXES.open, {
    at: now - 120 * MINUTE_MS,
    subject: 'Contract',
    note: 'Please read and answer.',
    guests: [{ ...BOB, id: SEEDED_GUEST }, ZOE],
    documents: [file(service, 'Přehled – übersicht ✓.txt', 'One line of text.\n')],
  });
  act(service, open, BOB.email, now - 60 * MINUTE_MS, 'Read, all is well.');

  seedBox(service, ADA, SEEDED_BOXES.keyRequired, {
    at: now - DAY_MS,
    subject: 'Board papers',
    note: 'For your eyes only.',
    guests: [ZOE],
    options: { double_encryption: true, encrypt_message: true },
  });

  const kept = seedBox(service, ADA, SEEDED_BOXES.closed, {
    at: now - 12 * DAY_MS,
    subject: 'Invoices of last month',
    note: 'Attached.',
    guests: [BOB],
    documents: [file(service, 'invoice.csv', 'number,amount\n1,100\n')],
    options: {
      retention_period_type: 'retain_at_expiration',
      retention_period_value: 30,
      retention_period_unit: 'days',
    },
  });
  kept.secureLink = { url: `/r/${ADA.secureLink}`, title: 'Send Ada a file' };
  close(service, kept, now - 10 * DAY_MS, { email: ADA.email, ip: '127.0.0.1' });

  const gone = seedBox(service, ADA, SEEDED_BOXES.contentDeleted, {
    at: now - 60 * DAY_MS,
    subject: 'Old offer',
    note: 'Valid for a week.',
    guests: [BOB],
  });
  close(service, gone, now - 53 * DAY_MS, 'time');
  deleteContent(service, gone, now - 53 * DAY_MS, 'time');

  seedBox(service, OTTO, SEEDED_BOXES.shared, {
    at: now - 180 * MINUTE_MS,
    subject: 'Laboratory report',
    note: 'What do you think?',
    guests: [person(ADA.email, ADA.firstName, ADA.lastName, 'Acme', '+15145550002')],
  });
  service.changed();
}

interface SeedOf {
  readonly at: number;
  readonly subject: string;
  readonly note: string;
  readonly guests: readonly GuestDraft[];
  readonly documents?: readonly StoredDocument[];
  readonly options?: Partial<SecurityOptions>;
}

/** One more SafeBox with the rules of the account's default profile, other rules as given. */
export function seedBox(service: Service, owner: User, guid: string, of: SeedOf): Box {
  return createBox(service, {
    guid,
    key: service.random.bytes(48).toString('base64url'),
    enterprise: ACME,
    owner,
    subject: of.subject,
    note: of.note,
    notificationLanguage: 'en',
    emailNotificationEnabled: true,
    profile: DEFAULT_PROFILE,
    options: optionsOf(DEFAULT_PROFILE, of.options ?? {}),
    expiration: addTime(of.at, 7, 'days'),
    guests: of.guests,
    documents: of.documents ?? [],
    ip: '127.0.0.1',
    at: of.at,
  });
}

function act(service: Service, box: Box, email: string, at: number, note: string): void {
  const guest = findGuestByEmail(box, email);
  if (guest !== undefined) performAct(service, box, guest, 'reply', at, note);
}

function file(service: Service, name: string, content: string): StoredDocument {
  const id = service.hexId();
  return { id, name, contentType: 'text/plain', ...service.documents.put(id, Buffer.from(content)) };
}

function person(
  email: string,
  firstName: string,
  lastName: string,
  companyName: string,
  destination: string,
): GuestDraft {
  const phone = { destination, destinationType: 'cell_phone', remove: false } as const;
  return { email, firstName, lastName, companyName, contactMethods: [phone] };
}
