const HOUR_MS = 60 * 60 * 1000;

/** What no source states and the simulator had to choose (dossier section 8 and its marks "assumed"). */
export const ASSUMED = {
  /** Answer to a missing, unknown or revoked API token. */
  badTokenStatus: 401,
  /** Refused sign-ins whose code is neither 102 nor 106. */
  malformedSignInStatus: 400,
  /** How long a guid of `safeboxes/new` waits for its commit, and an uploaded file for its use. */
  reservationLifetimeMs: 24 * HOUR_MS,
  uploadUrlLifetimeMs: 24 * HOUR_MS,
  downloadUrlLifetimeMs: HOUR_MS,
  /** `double_encryption_status`; only `disabled` was ever seen. */
  keyStatus: { none: 'disabled', missing: 'key_required', supplied: 'deciphered' },
  /** `max_file_size_unit`, in bytes. */
  sizeUnits: { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 },
  /** Between the `order_number`s of a user's favorites. */
  orderNumberStep: 10,
  /** Where scripted guests come from: an address reserved for documentation. */
  guestAddress: '192.0.2.10',
  /** `type` of the events; only the first was ever seen. */
  events: {
    created: 'safebox_created_owner',
    repliedByGuest: 'safebox_reply_guest',
    repliedByOwner: 'safebox_reply_owner',
    guestLoggedIn: 'guest_logged_in',
    downloadedByGuest: 'document_downloaded_guest',
    guestRevoked: 'guest_access_revoked',
    participantAdded: 'participant_added',
    emailBounced: 'email_bounced',
    extended: 'safebox_extended',
    closedByOwner: 'safebox_closed_owner',
    closedByTime: 'safebox_closed_auto',
    contentDeletedByOwner: 'content_deleted_owner',
    contentDeletedByTime: 'content_deleted_auto',
  },
} as const;

/** Which of the known events happened. */
export type EventName = keyof typeof ASSUMED.events;

export const EVENT_NAMES = [
  'created',
  'repliedByGuest',
  'repliedByOwner',
  'guestLoggedIn',
  'downloadedByGuest',
  'guestRevoked',
  'participantAdded',
  'emailBounced',
  'extended',
  'closedByOwner',
  'closedByTime',
  'contentDeletedByOwner',
  'contentDeletedByTime',
] as const satisfies readonly EventName[];
