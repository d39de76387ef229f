import { ASSUMED } from '../assumptions.js';
import { documentsOf, isReadable, type Box, type Message } from '../state/box.js';
import type { User } from '../state/directory.js';
import { OWNER } from '../state/downloads.js';
import { eventText, type Locale } from '../texts.js';
import { securityOptionsJson } from './box-json.js';
import { date } from './date.js';
import { guestJson, ownerJson } from './people-json.js';

/** The parts of a SafeBox that can be asked for, in the order of the provider. */
export const SECTIONS = [
  'security_options',
  'participants',
  'messages',
  'download_activity',
  'event_history',
] as const;

export type Section = (typeof SECTIONS)[number];

/** What a section is told besides the SafeBox. */
export interface SectionContext {
  readonly owner: User;
  /** URL of the server, without a trailing slash. */
  readonly server: string;
  readonly locale: Locale;
  readonly idsAsText: boolean;
}

export function sectionJson(section: Section, box: Box, context: SectionContext): unknown {
  switch (section) {
    case 'security_options':
      return securityOptionsJson(box);
    case 'participants':
      return [
        ownerJson(box, context.owner, context.idsAsText),
        ...box.guests.map((guest) => guestJson(box, guest)),
      ];
    case 'messages':
      return box.messages.map((message) => messageJson(box, message, context));
    case 'download_activity':
      return downloadActivityJson(box, context);
    case 'event_history':
      return box.events.map(({ name, at, metadata, details }) => ({
        type: ASSUMED.events[name],
        date: date(at),
        metadata,
        message: eventText(context.locale, name, details),
      }));
  }
}

function messageJson(box: Box, message: Message, { server, idsAsText }: SectionContext): unknown {
  const hidden = box.options.encrypt_message && !isReadable(box);
  return {
    id: idsAsText ? String(message.id) : message.id,
    note: hidden ? null : message.note,
    note_size: message.note === null ? null : [...message.note].length,
    read: message.read,
    author_id: String(message.authorId),
    author_type: message.authorType,
    created_at: date(message.createdAt),
    documents: message.documents.map(({ id, name, sha, size }) => ({
      id,
      name,
      sha,
      size,
      url: `${server}/api/v2/safeboxes/${box.guid}/documents/${id}/url`,
    })),
  };
}

function downloadActivityJson(box: Box, { owner, idsAsText }: SectionContext): unknown {
  const documents = [...documentsOf(box), ...box.formerDocuments];
  const downloadsBy = (by: string) =>
    documents.map(({ id }) => {
      const download = box.downloads.find((entry) => entry.documentId === id && entry.by === by);
      return {
        id,
        downloaded_bytes: download?.bytes ?? 0,
        download_date: download === undefined ? null : date(download.at),
      };
    });
  return {
    guests: box.guests.map(({ id }) => ({ id, documents: downloadsBy(id) })),
    owner: { id: idsAsText ? String(owner.id) : owner.id, documents: downloadsBy(OWNER) },
  };
}
