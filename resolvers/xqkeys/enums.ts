import { invalidInput } from '../../src/provider-error.js';
import { AUTHORIZATION_STATUSES } from '../../src/providers/xqkeys/authorization-watch.js';
import { KEY_CHANGES, KEY_STATUSES } from '../../src/providers/xqkeys/key-watch.js';
import { PACKET_TYPES, RECIPIENT_KINDS } from '../../src/providers/xqkeys/packet.js';
import type { PacketType } from '../../src/providers/xqkeys/packet.js';
import { SESSION_STATUSES } from '../../src/providers/xqkeys/session-watch.js';
import { describedEnum } from '../../src/subgraph/described-enum.js';
import { SESSION_KINDS } from './sessions.js';

export const XqSessionKind = describedEnum('XqSessionKind', 'How a session came about.', SESSION_KINDS);

export const XqSessionStatus = describedEnum('XqSessionStatus', 'Where a session stands.', SESSION_STATUSES);

export const XqAuthorizationStatus = describedEnum(
  'XqAuthorizationStatus',
  'Where a request for access stands.',
  AUTHORIZATION_STATUSES,
);

export const XqKeyStatus = describedEnum('XqKeyStatus', 'Where a key stands.', {
  ...KEY_STATUSES,
  UNKNOWN: 'Nothing is known of it here; ask for it with `xqKey`.',
});

export const XqKeyChangeKind = describedEnum('XqKeyChangeKind', 'What of a key has changed.', KEY_CHANGES);

export const XqRecipientKind = describedEnum(
  'XqRecipientKind',
  "What a recipient's address stands for.",
  RECIPIENT_KINDS,
);

export const XqPacketType = describedEnum('XqPacketType', 'What a key protects.', {
  UNKNOWN: 'No kind in particular (0), or one that this graph does not know; see `providerType`.',
  FILE: 'A file (1).',
  EMAIL: 'A mail (2).',
  CHAT: 'A chat message (3).',
  FORM: 'A form (4).',
  DATABASE: 'Rows of a database (5; the pairing is assumed).',
  MESSAGE: 'A message (msg).',
});

/** The kind behind a number or text on the wire. */
export function toPacketType(wire: string | number | null | undefined): PacketType {
  const text = String(wire).toUpperCase();
  const types = Object.keys(PACKET_TYPES) as PacketType[];
  return (
    types.find((type) => type === text || String(PACKET_TYPES[type]).toUpperCase() === text) ?? 'UNKNOWN'
  );
}

export const XqTimeUnit = describedEnum('XqTimeUnit', 'A unit of time.', {
  SECONDS: 'Seconds (that the provider takes them is assumed).',
  MINUTES: 'Minutes (assumed likewise).',
  HOURS: 'Hours.',
  DAYS: 'Days.',
});

export const XqSealingCipher = describedEnum('XqSealingCipher', 'How a text is sealed.', {
  AES_GCM: 'AES-256-GCM (scheme 1): notices every change. Take this one.',
  AES_CTR: 'AES-256-CTR (scheme 2): notices no change; for readers that know nothing else.',
});

export const XqCipher = describedEnum('XqCipher', 'How a text was sealed.', {
  AES_GCM: 'AES-256-GCM (.1).',
  AES_CTR: 'AES-256-CTR (.2).',
  OTP: 'XOR with the key (.B and .X).',
  AES_CBC_MD5: 'AES-256-CBC of older JavaScript, Java and PHP clients (.A).',
  AES_CTR_SHA256: 'AES-256-CTR of older C clients (.A).',
});

export const XqNotifications = describedEnum('XqNotifications', 'Which mails the provider sends to a user.', {
  NONE: 'None (0).',
  USAGE_REPORTS: 'Usage reports (1).',
  TUTORIALS: 'Tutorials (2).',
  ALL: 'Both (3).',
  UNKNOWN: 'A value this graph does not know; cannot be set.',
});

const NOTIFICATIONS = ['NONE', 'USAGE_REPORTS', 'TUTORIALS', 'ALL'] as const;
export type Notifications = keyof typeof XqNotifications;

export function toNotifications(wire: number | null | undefined): Notifications {
  return NOTIFICATIONS[wire ?? -1] ?? 'UNKNOWN';
}

/** As it stands on the wire. @throws ProviderError INVALID_INPUT for UNKNOWN */
export function requireNotifications(value: Notifications): number {
  const place = NOTIFICATIONS.findIndex((name) => name === value);
  if (place >= 0) return place;
  throw invalidInput(['notifications'], 'NOT_ALLOWED', 'notifications must not be UNKNOWN.');
}

export const XqSubscription = describedEnum('XqSubscription', "Where a user's account stands.", {
  UNREGISTERED: 'Not registered (0).',
  NOT_SUBSCRIBED: 'Validated, but not subscribed (1).',
  SUBSCRIBED: 'Subscribed (2).',
  EXPIRED: 'The subscription has expired (3).',
  NEW_NEEDS_VALIDATION: 'A new account that needs validation (4).',
  PASSWORD_REQUIRED: 'A password is required (5).',
  NEEDS_REVALIDATION: 'An old account that needs validation again (6).',
  UNKNOWN: 'A state this graph does not know; see `subscriptionText`.',
});

/** In the order of their numbers; UNKNOWN is last. */
export function toSubscription(code: number | null): string {
  return Object.keys(XqSubscription)[code ?? -1] ?? 'UNKNOWN';
}

export const XqCommunicationStatus = describedEnum(
  'XqCommunicationStatus',
  'Where the key of a communication stands.',
  {
    AVAILABLE: 'It can be fetched (0).',
    REVOKED: 'It was revoked (1).',
    EXPIRED: 'Its lifetime is over (2).',
    UNKNOWN: 'A status this graph does not know; see `providerStatus`.',
  },
);

export function toCommunicationStatus(code: number): string {
  return Object.keys(XqCommunicationStatus)[code] ?? 'UNKNOWN';
}
