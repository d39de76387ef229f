import { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { Access } from './access.js';
import type { Api } from './api.js';
import { PROVIDER } from './errors.js';
import { addedTime, boxInfo, boxPage, sections } from './wire/box.js';
import type { BoxSummary, Section, SectionValues } from './wire/box.js';
import { result, urlAnswer } from './wire/fields.js';

/** By what the list is narrowed (dossier op 33). */
export interface BoxFilter {
  /** Wire words: `in_progress`, `closed`, `content_deleted`, `unread`. */
  readonly status?: readonly string[];
  readonly search?: string | null;
}

export interface BoxPage {
  /** Over all pages. */
  readonly count: number;
  readonly boxes: readonly BoxSummary[];
  /** Of the provider; for `nextPage` alone. */
  readonly nextPageUrl: string | null;
}

export type BoxInfo = BoxSummary & { readonly [Name in Section]?: SectionValues[Name] | undefined };

/** The state changes of a SafeBox that take nothing but its id (dossier ops 12 to 15, 18, 19). */
export type BoxAction = 'close' | 'deleteContent' | 'markAsRead' | 'markAsUnread' | 'follow' | 'unfollow';

/** Hours, days, weeks or months. */
export interface AddedTime {
  readonly value: number;
  readonly unit: string;
}

/** Reading SafeBoxes and changing their state (dossier ops 11 to 28 and 33). */
export interface BoxCalls {
  /** @param perPage 1 to 1000. */
  list(access: Access, filter: BoxFilter, perPage: number, page: number): Promise<BoxPage>;
  nextPage(access: Access, pageUrl: string): Promise<BoxPage>;
  /** The summary with these sections, in one call. The provider knows no call for the summary alone. */
  info(access: Access, id: string, wanted: readonly Section[]): Promise<BoxInfo>;
  section<Name extends Section>(access: Access, id: string, name: Name): Promise<SectionValues[Name]>;
  act(access: Access, id: string, action: BoxAction): Promise<void>;
  markMessage(access: Access, id: string, messageId: string, read: boolean): Promise<void>;
  /** @returns the new expiration, ISO 8601; null when the provider does not say. */
  addTime(access: Access, id: string, time: AddedTime): Promise<string | null>;
  auditRecordUrl(access: Access, id: string): Promise<string>;
  fileUrl(access: Access, id: string, documentId: string, userEmail: string | null): Promise<string>;
}

const ACTIONS: Readonly<Record<BoxAction, string>> = {
  close: 'close',
  deleteContent: 'delete_content',
  markAsRead: 'mark_as_read',
  markAsUnread: 'mark_as_unread',
  follow: 'follow',
  unfollow: 'unfollow',
};

export function boxCalls(api: Api): BoxCalls {
  const change = async (access: Access, operation: string, path: readonly string[]): Promise<void> => {
    const answer = await api.call(access, { operation, kind: 'write', method: 'PATCH', path }, result);
    if (!answer.result) throw refusedChange();
  };
  return {
    async list(access, { status = [], search }, perPage, page) {
      const query = { status: status.join(','), search, per_page: perPage, page };
      const answer = await api.call(
        access,
        { operation: 'getSafeboxes', kind: 'read', method: 'GET', path: ['safeboxes'], query },
        boxPage,
      );
      return toPage(answer);
    },
    async nextPage(access, pageUrl) {
      return toPage(await api.follow(access, pageUrl, 'getSafeboxes', boxPage));
    },
    async info(access, id, wanted) {
      const query = { sections: wanted.map(snake).join(',') };
      const answer = await api.call(
        access,
        { operation: 'getSafeboxInfo', kind: 'read', method: 'GET', path: ['safeboxes', id], query },
        boxInfo,
      );
      const { safebox } = answer;
      const missing = wanted.filter((name) => safebox[name] === undefined);
      if (missing.length > 0) {
        throw new ProviderError('PROVIDER_PROTOCOL', {
          provider: PROVIDER,
          cause: new Error(`getSafeboxInfo: without ${missing.join(', ')}`),
        });
      }
      return safebox;
    },
    async section<Name extends Section>(access: Access, id: string, name: Name) {
      const answer = await api.call(
        access,
        {
          operation: `getSafebox ${name}`,
          kind: 'read',
          method: 'GET',
          path: ['safeboxes', id, snake(name)],
        },
        z.object({ [name]: sections[name] }),
      );
      // The schema is the one of this section.
      return answer[name] as SectionValues[Name];
    },
    act: (access, id, action) => change(access, action, ['safeboxes', id, ACTIONS[action]]),
    markMessage: (access, id, messageId, read) =>
      change(access, read ? 'markMessageAsRead' : 'markMessageAsUnread', [
        'safeboxes',
        id,
        'messages',
        messageId,
        read ? 'read' : 'unread',
      ]),
    async addTime(access, id, { value, unit }) {
      const answer = await api.call(
        access,
        {
          operation: 'addTime',
          kind: 'write',
          method: 'PATCH',
          path: ['safeboxes', id, 'add_time'],
          body: { safebox: { addTimeValue: value, addTimeUnit: unit } },
        },
        addedTime,
      );
      if (!answer.result) throw refusedChange();
      return answer.newExpiration ?? answer.expiration;
    },
    async auditRecordUrl(access, id) {
      const path = ['safeboxes', id, 'audit_record_pdf'];
      const call = { operation: 'getAuditRecordUrl', kind: 'read', method: 'GET', path } as const;
      return (await api.call(access, call, urlAnswer)).url;
    },
    async fileUrl(access, id, documentId, userEmail) {
      const path = ['safeboxes', id, 'documents', documentId, 'url'];
      const query = { user_email: userEmail };
      // The URL it answers is a permission that the provider makes for this very call; making another one does no harm.
      const call = { operation: 'getFileUrl', kind: 'read', method: 'GET', path, query } as const;
      return (await api.call(access, call, urlAnswer)).url;
    },
  };
}

function toPage({ count, nextPageUrl, safeboxes }: z.infer<typeof boxPage>): BoxPage {
  return { count, nextPageUrl, boxes: safeboxes.map(({ safebox }) => safebox) };
}

function snake(name: Section): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function refusedChange(): ProviderError {
  return new ProviderError('CONFLICT', { provider: PROVIDER });
}
