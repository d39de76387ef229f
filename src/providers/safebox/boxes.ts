import type { z } from 'zod';
import { notUnderstood, requireAsked } from '../kit/parse.js';
import type { Access } from './access.js';
import type { Api } from './api.js';
import { PROVIDER } from './errors.js';
import type { boxPage, BoxSummary, Section, SectionValues } from './wire/box.js';

/** By what the list is narrowed (dossier op 33). */
export interface BoxFilter {
  /** Wire words: `in_progress`, `closed`, `content_deleted`, `unread`. */
  readonly status?: readonly string[];
  readonly search?: string | null;
}

export interface BoxPage {
  /** Over all pages. */
  readonly count: number;
  /** Undefined in the place of one that could not be understood. */
  readonly boxes: readonly (BoxSummary | undefined)[];
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

export function boxCalls({ call, pageUrl }: Api): BoxCalls {
  const sections: {
    readonly [Name in Section]: (
      access: Access,
      values: { path: { id: string } },
    ) => Promise<SectionValues[Name]>;
  } = {
    securityOptions: (access, values) => call(access, 'getSecurityOptions', values),
    participants: (access, values) => call(access, 'getParticipants', values),
    messages: (access, values) => call(access, 'getMessages', values),
    downloadActivity: (access, values) => call(access, 'getDownloadActivity', values),
    eventHistory: (access, values) => call(access, 'getEventHistory', values),
  };
  return {
    async list(access, { status = [], search }, perPage, page) {
      const query = { status: status.join(','), search, per_page: perPage, page };
      return toPage(await call(access, 'getSafeboxes', { query }));
    },
    async nextPage(access, link) {
      return toPage(await call(access, 'getSafeboxes', { url: await pageUrl(link) }));
    },
    async info(access, id, wanted) {
      const query = { sections: wanted.map(snake).join(',') };
      const { safebox } = await call(access, 'getSafeboxInfo', { path: { id }, query });
      const source = { provider: PROVIDER, operation: 'getSafeboxInfo', kind: 'read' } as const;
      requireAsked(source, id, safebox.id);
      const missing = wanted.filter((name) => safebox[name] === undefined);
      if (missing.length > 0) throw notUnderstood(source, `without ${missing.join(', ')}`);
      return safebox;
    },
    section: (access, id, name) => sections[name](access, { path: { id } }),
    act: (access, id, action) => call(access, action, { path: { id } }),
    markMessage: (access, id, messageId, read) =>
      call(access, read ? 'markMessageAsRead' : 'markMessageAsUnread', { path: { id, messageId } }),
    addTime: (access, id, { value, unit }) =>
      call(access, 'addTime', {
        path: { id },
        json: { safebox: { addTimeValue: value, addTimeUnit: unit } },
      }),
    async auditRecordUrl(access, id) {
      return (await call(access, 'getAuditRecordUrl', { path: { id } })).url;
    },
    async fileUrl(access, id, documentId, userEmail) {
      const query = { user_email: userEmail };
      return (await call(access, 'getFileUrl', { path: { id, documentId }, query })).url;
    },
  };
}

function toPage({ count, nextPageUrl, safeboxes }: z.infer<typeof boxPage>): BoxPage {
  return { count, nextPageUrl, boxes: safeboxes.map((one) => one?.safebox) };
}

function snake(name: Section): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
