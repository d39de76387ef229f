import { z } from 'zod';
import { EVENT_NAMES } from '../assumptions.js';
import { contactMethodSchema } from './contact-methods.js';
import { securityOptionsSchema } from './security-options.js';

// All moments are milliseconds since the epoch.

/** A file whose bytes are in the document store. */
const documentSchema = z.object({
  /** 32 hexadecimal digits. */
  id: z.string(),
  name: z.string(),
  contentType: z.string(),
  /** Bytes. */
  size: z.int(),
  /** SHA-256, hexadecimal. */
  sha: z.string(),
});

const messageSchema = z.object({
  id: z.int(),
  note: z.string().nullable(),
  /** Number of the guest, or id of the user. */
  authorId: z.int(),
  authorType: z.enum(['guest', 'User']),
  /** By the owner. */
  read: z.boolean(),
  createdAt: z.number(),
  documents: z.array(documentSchema),
});

const guestSchema = z.object({
  /** 32 hexadecimal digits. */
  id: z.string(),
  /** What `author_id` of messages says: guests have two names on the wire. */
  number: z.int(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  companyName: z.string(),
  privileged: z.boolean(),
  locked: z.boolean(),
  bouncedEmail: z.boolean(),
  failedLoginAttempts: z.int(),
  verified: z.boolean(),
  createdAt: z.number(),
  updatedAt: z.number(),
  contactMethods: z.array(contactMethodSchema),
  messagesRead: z.int(),
  /** When the invitation was sent: scripted guests count from it. */
  invitedAt: z.number(),
  /** How many acts of its script are done. */
  scriptPosition: z.int(),
});

const downloadSchema = z.object({
  documentId: z.string(),
  /** Id of the guest; `owner` for the owner. */
  by: z.string(),
  bytes: z.int(),
  at: z.number(),
});

const eventSchema = z.object({
  name: z.enum(EVENT_NAMES),
  at: z.number(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  /** Words for the sentence. */
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const STATUSES = ['in_progress', 'closed', 'content_deleted'] as const;

export const boxSchema = z.object({
  guid: z.string(),
  enterprise: z.string(),
  ownerId: z.int(),
  status: z.enum(STATUSES),
  subject: z.string().nullable(),
  notificationLanguage: z.string(),
  emailNotificationEnabled: z.boolean(),
  profileName: z.string(),
  options: securityOptionsSchema,
  /** The key part that only the participants hold. */
  key: z.string(),
  /** Somebody supplied the key, so that the provider can read the content. */
  keySupplied: z.boolean(),
  secureLink: z.object({ url: z.string(), title: z.string() }).nullable(),
  followed: z.boolean(),
  archived: z.boolean(),
  guests: z.array(guestSchema),
  messages: z.array(messageSchema),
  /** Documents that went with the content: their downloads stay known. */
  formerDocuments: z.array(documentSchema),
  downloads: z.array(downloadSchema),
  events: z.array(eventSchema),
  createdAt: z.number(),
  updatedAt: z.number(),
  latestActivity: z.number(),
  expiration: z.number(),
  closedAt: z.number().nullable(),
  deleteContentOn: z.number().nullable(),
  contentDeletedAt: z.number().nullable(),
});

export type StoredDocument = z.infer<typeof documentSchema>;
export type Message = z.infer<typeof messageSchema>;
export type Guest = z.infer<typeof guestSchema>;
export type Box = z.infer<typeof boxSchema>;
export type BoxStatus = (typeof STATUSES)[number];

/** Every document of every message. */
export function documentsOf(box: Box): StoredDocument[] {
  return box.messages.flatMap((message) => message.documents);
}

export function unreadCount(box: Box): number {
  return box.messages.filter((message) => !message.read).length;
}

/** Whether the content can be read with nothing but the API: not while the participants alone hold the key. */
export function isReadable(box: Box): boolean {
  return !box.options.double_encryption || box.keySupplied;
}

/** @param activity what counts as activity moves the SafeBox to the head of the list; the rest changes it in place. */
export function touch(box: Box, at: number, activity: 'activity' | 'no activity'): void {
  box.updatedAt = at;
  if (activity === 'activity') box.latestActivity = at;
}
