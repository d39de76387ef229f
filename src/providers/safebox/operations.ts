import { z } from 'zod';
import type { Answer } from '../kit/answer.js';
import { json, nothing, text } from '../kit/answer.js';
import { parseWire } from '../kit/parse.js';
import type { Operation } from '../kit/rest.js';
import { toCamelCase } from './case.js';
import { fromSignInCode, refusedChange } from './errors.js';
import {
  consentGroup,
  enterpriseSettings,
  securityProfiles,
  tokenAnswer,
  userSettings,
} from './wire/account.js';
import { addedTime, boxInfo, boxPage, committedBox, newBox, newFile, sections } from './wire/box.js';
import type { Section } from './wire/box.js';
import { result, urlAnswer } from './wire/fields.js';
import { favorite, favorites, participant, recipients } from './wire/people.js';

/** Where an operation is called: at the configured endpoint, or at one of the two hosts that this names. */
export type Service = 'endpoint' | 'portal' | 'server';

/** What a sign-in gives (dossier op 1). */
export interface UserToken {
  readonly token: string;
  readonly userId: string;
}

export interface SafeboxOperation extends Operation {
  /** Default: the server. */
  readonly service?: Service;
}

function answer<Schema extends z.ZodType>(schema: Schema): Answer<z.infer<Schema>> {
  return json(schema, toCamelCase);
}

/** A change of state, which may be refused by a success too (dossier 3.22). */
const changed: Answer<void> = (response) => {
  if (!answer(result)(response).result) throw refusedChange();
};

const timeAdded: Answer<string | null> = (response) => {
  const { result: isDone, newExpiration, expiration } = answer(addedTime)(response);
  if (!isDone) throw refusedChange();
  return newExpiration ?? expiration;
};

/** A refusal may come with any status (doubt 3). */
const signedIn: Answer<UserToken> = (response) => {
  const found = answer(tokenAnswer)(response);
  if (!found.result) throw fromSignInCode(found.code);
  return { token: found.token, userId: found.userId };
};

const host = text(z.string().min(1));
const endpoint = { service: 'endpoint' } as const;
const people = '/enterprises/:account/users/:userId';

/** The operations in use (dossier sections 2.2 and 2.4). */
export const OPERATIONS = {
  portalHost: { ...endpoint, call: 'GET /services/:account/portal/host', answer: host },
  serverUrl: { ...endpoint, call: 'GET /services/:account/sendsecure/server/url', answer: host },
  getUserToken: { service: 'portal', call: 'POST /api/user_token', answer: signedIn },

  getEnterpriseSettings: { call: 'GET /enterprises/:account/settings', answer: answer(enterpriseSettings) },
  getSecurityProfiles: {
    call: 'GET /enterprises/:account/security_profiles',
    answer: answer(securityProfiles),
  },
  getConsentGroupMessages: {
    call: 'GET /enterprises/:account/consent_message_groups/:id',
    answer: answer(consentGroup),
  },
  userSettings: { call: `GET ${people}/settings`, answer: answer(userSettings) },
  getFavorites: { call: `GET ${people}/favorites`, answer: answer(favorites) },
  createFavorite: { call: `POST ${people}/favorites`, answer: answer(favorite) },
  updateFavorite: { call: `PATCH ${people}/favorites/:id`, answer: answer(favorite) },
  deleteFavorite: { call: `DELETE ${people}/favorites/:id`, answer: nothing },

  // Only the newest of the vendor's clients uses the first path (doubt 5).
  searchRecipient: { call: 'GET /recipients/autocomplete', answer: answer(recipients) },
  searchParticipant: { call: 'GET /participants/autocomplete', answer: answer(recipients) },
  createParticipant: { call: 'POST /safeboxes/:safeBoxId/participants', answer: answer(participant) },
  updateParticipant: {
    call: 'PATCH /safeboxes/:safeBoxId/participants/:participantId',
    answer: answer(participant),
  },

  getSafeboxes: { call: 'GET /safeboxes', answer: answer(boxPage) },
  // Reserves a guid.
  initializeSafebox: { call: 'GET /safeboxes/new', kind: 'write', answer: answer(newBox) },
  commitSafebox: { call: 'POST /safeboxes', answer: answer(committedBox) },
  newFile: { call: 'POST /safeboxes/:safeBoxId/uploads', answer: answer(newFile) },
  reply: { call: 'POST /safeboxes/:id/messages', answer: changed },
  getSafeboxInfo: { call: 'GET /safeboxes/:id', answer: answer(boxInfo) },
  getSecurityOptions: {
    call: 'GET /safeboxes/:id/security_options',
    answer: section('securityOptions', sections.securityOptions),
  },
  getParticipants: {
    call: 'GET /safeboxes/:id/participants',
    answer: section('participants', sections.participants),
  },
  getMessages: { call: 'GET /safeboxes/:id/messages', answer: section('messages', sections.messages) },
  getDownloadActivity: {
    call: 'GET /safeboxes/:id/download_activity',
    answer: section('downloadActivity', sections.downloadActivity),
  },
  getEventHistory: {
    call: 'GET /safeboxes/:id/event_history',
    answer: section('eventHistory', sections.eventHistory),
  },

  close: { call: 'PATCH /safeboxes/:id/close', answer: changed },
  deleteContent: { call: 'PATCH /safeboxes/:id/delete_content', answer: changed },
  markAsRead: { call: 'PATCH /safeboxes/:id/mark_as_read', answer: changed },
  markAsUnread: { call: 'PATCH /safeboxes/:id/mark_as_unread', answer: changed },
  follow: { call: 'PATCH /safeboxes/:id/follow', answer: changed },
  unfollow: { call: 'PATCH /safeboxes/:id/unfollow', answer: changed },
  addTime: { call: 'PATCH /safeboxes/:id/add_time', answer: timeAdded },
  markMessageAsRead: { call: 'PATCH /safeboxes/:id/messages/:messageId/read', answer: changed },
  markMessageAsUnread: { call: 'PATCH /safeboxes/:id/messages/:messageId/unread', answer: changed },

  getAuditRecordUrl: { call: 'GET /safeboxes/:id/audit_record_pdf', answer: answer(urlAnswer) },
  // The URL it answers is a permission that the provider makes for this very call; making another one does no harm.
  getFileUrl: { call: 'GET /safeboxes/:id/documents/:documentId/url', answer: answer(urlAnswer) },
} as const satisfies Readonly<Record<string, SafeboxOperation>>;

function section<Schema extends z.ZodType>(name: Section, schema: Schema): Answer<z.infer<Schema>> {
  const wrapped = answer(z.object({ [name]: z.unknown() }));
  return (response) => parseWire(schema, wrapped(response)[name], response.source);
}
