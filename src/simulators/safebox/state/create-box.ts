import type { Box, StoredDocument } from './box.js';
import type { Enterprise, User } from './directory.js';
import { record } from './events.js';
import { newGuest, type GuestDraft } from './guests.js';
import type { SecurityOptions, SecurityProfile } from './security-options.js';
import type { Service } from './service.js';

/** What a commit says, once it is found to be right. */
export interface BoxDraft {
  readonly guid: string;
  readonly key: string;
  readonly enterprise: Enterprise;
  readonly owner: User;
  readonly subject: string | null;
  /** First message. */
  readonly note: string | null;
  readonly notificationLanguage: string;
  readonly emailNotificationEnabled: boolean;
  readonly profile: SecurityProfile;
  readonly options: SecurityOptions;
  /** Milliseconds since the epoch, as is `at`. */
  readonly expiration: number;
  readonly guests: readonly GuestDraft[];
  readonly documents: readonly StoredDocument[];
  /** Address the commit came from. */
  readonly ip: string;
  readonly at: number;
}

/** Opens a SafeBox with its first message and invites its guests. */
export function createBox(service: Service, draft: BoxDraft): Box {
  const { owner, at, documents } = draft;
  service.temporary.release(documents);
  const box: Box = {
    guid: draft.guid,
    enterprise: draft.enterprise.permalink,
    ownerId: owner.id,
    status: 'in_progress',
    subject: draft.subject,
    notificationLanguage: draft.notificationLanguage,
    emailNotificationEnabled: draft.emailNotificationEnabled,
    profileName: draft.profile.name,
    options: draft.options,
    key: draft.key,
    keySupplied: false,
    secureLink: null,
    followed: true,
    archived: false,
    guests: draft.guests.map((guest) => newGuest(service, guest, at)),
    messages: [
      {
        id: service.nextId(),
        note: draft.note,
        authorId: owner.id,
        authorType: 'User',
        read: true,
        createdAt: at,
        documents: [...documents],
      },
    ],
    formerDocuments: [],
    downloads: [],
    events: [],
    createdAt: at,
    updatedAt: at,
    latestActivity: at,
    expiration: draft.expiration,
    closedAt: null,
    deleteContentOn: null,
    contentDeletedAt: null,
  };
  record(box, 'created', {
    at,
    details: { email: owner.email, count: documents.length, ip: draft.ip },
    metadata: { emails: draft.guests.map(({ email }) => email), attachment_count: documents.length },
  });
  service.world.boxes.set(box.guid, box);
  service.reservations.delete(box.guid);
  service.changed();
  return box;
}
