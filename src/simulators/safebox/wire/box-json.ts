import { ASSUMED } from '../assumptions.js';
import { isReadable, unreadCount, type Box } from '../state/box.js';
import type { Enterprise } from '../state/directory.js';
import { date, dateOrNull } from './date.js';

/** One element of the list, and what the info of one SafeBox begins with (dossier op 33). */
export function boxJson(box: Box, enterprise: Enterprise, server: string) {
  return {
    guid: box.guid,
    user_id: box.ownerId,
    enterprise_id: enterprise.id,
    subject: box.subject,
    notification_language: box.notificationLanguage,
    status: box.status,
    security_profile_name: box.profileName,
    unread_count: unreadCount(box),
    double_encryption_status: keyStatus(box),
    audit_record_pdf: box.closedAt === null ? null : auditRecordUrl(box, server),
    secure_link: box.secureLink === null ? null : server + box.secureLink.url,
    secure_link_title: box.secureLink?.title ?? null,
    email_notification_enabled: box.emailNotificationEnabled,
    created_at: date(box.createdAt),
    updated_at: date(box.updatedAt),
    assigned_at: date(box.createdAt),
    latest_activity: date(box.latestActivity),
    expiration: date(box.expiration),
    closed_at: dateOrNull(box.closedAt),
    content_deleted_at: dateOrNull(box.contentDeletedAt),
  };
}

/** The security options of a SafeBox (dossier 3.19). */
export function securityOptionsJson(box: Box): unknown {
  return { ...box.options, delete_content_on: dateOrNull(box.deleteContentOn) };
}

/** Answer of a commit: security options flat, the participants' key this once (dossier op 8). */
export function committedBoxJson(box: Box, enterprise: Enterprise, server: string): unknown {
  const {
    expiration_value: _value,
    expiration_unit: _unit,
    encrypt_attachments: _always,
    ...options
  } = box.options;
  const key = box.options.double_encryption ? box.key : null;
  return {
    guid: box.guid,
    user_id: box.ownerId,
    enterprise_id: enterprise.id,
    subject: box.subject,
    expiration: date(box.expiration),
    notification_language: box.notificationLanguage,
    status: box.status,
    security_profile_name: box.profileName,
    force_expiry_date: null,
    ...options,
    delete_content_on: dateOrNull(box.deleteContentOn),
    email_notification_enabled: box.emailNotificationEnabled,
    preview_url: `${server}/s/${box.guid}/preview${key === null ? '' : `?k=${key}`}`,
    encryption_key: key,
    created_at: date(box.createdAt),
    updated_at: date(box.updatedAt),
    latest_activity: date(box.latestActivity),
  };
}

/** Good without authentication, once the SafeBox is closed. */
export function auditRecordUrl(box: Box, server: string): string {
  return `${server}/s/${box.guid}.pdf`;
}

function keyStatus(box: Box): string {
  if (!box.options.double_encryption) return ASSUMED.keyStatus.none;
  return isReadable(box) ? ASSUMED.keyStatus.supplied : ASSUMED.keyStatus.missing;
}
