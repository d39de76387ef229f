/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How a change became known. */
export type ChangeSource =
  /** The answer to a command sent through this graph, for instance a mutation. */
  | 'COMMAND'
  /** A deadline passed on our own clock; the provider said nothing new. */
  | 'DEADLINE'
  /** Read from the provider while watching. */
  | 'POLL';

/** Which SafeBox to close. */
export type CloseSafeBoxInput = {
  /** The SafeBox. Takes the `id` as well as the own id at the provider. */
  id: string;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
};

/** Which reserved SafeBox to open, and with what. */
export type CommitSafeBoxInput = {
  /** The draft. Takes the `id` as well as the own id at the provider. */
  draftId: string;
  /** Small files within this request. */
  files?: Array<SafeBoxFileInput>;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** Whether e-mails about it are sent. */
  isEmailNotificationEnabled?: boolean | null | undefined;
  /** First message; needed without files. */
  message?: string | null | undefined;
  /** Language of its e-mails. */
  notificationLanguage?: string;
  /** For whom it is; at least one. */
  recipients: Array<SafeBoxRecipientInput>;
  /** Rules to choose. */
  securityOptions?: SafeBoxSecurityOptionsInput | null | undefined;
  /** Its security profile; the default one when absent. Takes the `id` as well as the own id at the provider. */
  securityProfileId?: string | null | undefined;
  /** Subject; stands in e-mails. */
  subject?: string | null | undefined;
  /** Files sent before by ticket. Takes the `id` as well as the own id at the provider. */
  uploads?: Array<string>;
};

/** A recipient who is to have a key. */
export type CreateGuardRecipientKeyInput = {
  /** E-mail address. */
  email: string;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
};

/** Which file is going to be sent. */
export type CreateSafeBoxUploadInput = {
  /** Media type. */
  contentType?: string;
  /** File name, in any script. */
  fileName: string;
  /** The draft, or the open SafeBox to reply to. Takes the `id` as well as the own id at the provider. */
  safeBoxId: string;
  /** Its exact size. */
  sizeBytes: number;
};

/** A new user. */
export type CreateVipUserInput = {
  /** Whether the PIN must be changed after its first use. */
  forcePinChange?: boolean | null | undefined;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** Child account to act for (onBehalfOfAccountId), 3 to 50 letters and digits; our own account when left out. */
  onBehalfOfAccountId?: string | null | undefined;
  /** PIN within the policy of the account, 4 to 128 characters. Secret. */
  pin?: string | null | undefined;
  /** Id of the user (userId), 1 to 128 characters; case does not matter. Takes the `id` as well as the own id at the provider. */
  userId: string;
};

/** A mail to encrypt, sign, or both. */
export type EncryptGuardMailInput = {
  /** Whether it is encrypted. */
  encrypt?: boolean;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** Whether the sender is a guest. */
  isGuest?: boolean;
  /** Whether PGP stands within the text. */
  isInline?: boolean;
  /** Locale for mails to guests, such as `de_DE`. */
  language?: string | null | undefined;
  /** The mail (MIME), with its header. Left out: you are given a ticket to send it to, for what is larger. */
  mail?: GuardLocalContentInput | null | undefined;
  /** Addresses of everybody who shall read it, 1 to 100. */
  recipients: Array<string>;
  /** Address of the sender. */
  senderEmail: string;
  /** Name of the sender. */
  senderName?: string | null | undefined;
  /** Whether it is signed, with the key that the token attached to your session opens. */
  sign?: boolean;
  /** With which kind of keys. */
  type?: GuardCryptoType;
  /** For whom the provider works; null: for you. Somebody else needs the scope guardcrypto:admin. It cannot be signed for somebody else. */
  user?: GuardUserInput | null | undefined;
};

/** What to encrypt with OpenPGP, and to whom. */
export type EncryptPgpMessageInput = {
  /** What to encrypt. Left out: you are given a ticket to send it with, for what is larger. */
  content?: GuardLocalContentInput | null | undefined;
  /** What the message shall be. */
  form?: GuardPgpForm;
  /** Public keys of everybody who shall read it, 1 to 100, each armored, or Base64 of its binary form; never a private one. */
  keys: Array<string>;
};

/** Which of a user's two kinds of keys is meant. */
export type GuardCryptoType =
  /** OpenPGP. */
  | 'PGP'
  /** S/MIME. */
  | 'SMIME';

/** Text, or bytes as Base64. */
export type GuardLocalContentInput = {
  /** Bytes as Base64 (RFC 4648, padded; blanks and line ends do not matter), needed when it is not UTF-8; exactly one of both, at most 1048576 bytes. */
  base64?: string | null | undefined;
  /** Text (UTF-8); exactly one of both, at most 1048576 bytes. */
  text?: string | null | undefined;
};

/** What an OpenPGP message shall be. */
export type GuardPgpForm =
  /** Text between PGP marks. */
  | 'ARMORED'
  /** Bytes. */
  | 'BINARY'
  /** The content is a mail, and becomes a PGP/MIME one; its own header fields stay readable. */
  | 'MAIL';

/** Where in a message its signature was found. */
export type GuardSignatureForm =
  /** Readable text between PGP marks. */
  | 'CLEARTEXT'
  /** The signature was given beside the content. */
  | 'DETACHED'
  /** A mail of type multipart/signed: PGP/MIME, or S/MIME with a detached signature. */
  | 'MIME'
  /** The content stands inside of the signed message. */
  | 'OPAQUE';

/** How one signature came out. */
export type GuardSignatureOutcome =
  /** It does not fit the content or the key. */
  | 'BAD'
  /** It fits, yet the signature, the key or a certificate had come to its end. */
  | 'EXPIRED'
  /** It fits content and key, and the key was good for it. */
  | 'GOOD'
  /** None of the keys given made it, or neither the message nor `trusted` has the certificate of the signer. */
  | 'KEY_MISSING'
  /** It fits, yet the key is not made for signing messages, or not bound to its owner. */
  | 'KEY_UNUSABLE'
  /** It fits, yet the certificate does not lead to one of those you trust. */
  | 'NOT_TRUSTED'
  /** It fits, yet the signature, the key or a certificate begins later. */
  | 'NOT_YET_VALID'
  /** It fits, yet the key is revoked. */
  | 'REVOKED'
  /** Nothing can be said: it takes something that is not known here. */
  | 'UNSUPPORTED'
  /** It fits, yet somebody else could make one that does: an algorithm is broken, as SHA-1 is, or a key too short. */
  | 'WEAK';

/** A user of the App Suite. */
export type GuardUserInput = {
  /** Number of the context. */
  contextId: number;
  /** Number of the user. */
  userId: number;
};

/** A sealed text, and the key it was sealed with. */
export type OpenWithXqKeyInput = {
  /** How it was sealed; when left out, what the key says, or whichever opens it. */
  cipher?: XqCipher | null | undefined;
  /** The sealed text: base64 of at most 524288 bytes. */
  ciphertext: string;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** Locator of the key. Takes the `id` as well as the own id at the provider. */
  locator: string;
};

/** Why something was not done. Also the `extensions.code` of failed reads. */
export type ProblemCode =
  /** It is finished already; this can no longer be done. */
  | 'ALREADY_COMPLETED'
  /** The operation has made all the calls to providers that one may make; this one was not made. */
  | 'CALLS_EXCEEDED'
  /** It contradicts what exists at the provider. */
  | 'CONFLICT'
  /** The session at the provider has ended; sign in again. */
  | 'CREDENTIAL_EXPIRED'
  /** The provider does not allow this to our account or to this user. */
  | 'FORBIDDEN'
  /** The idempotency key was used before with other input. */
  | 'IDEMPOTENCY_MISMATCH'
  /** A value breaks a rule; nothing was sent. */
  | 'INVALID_INPUT'
  /** Too many failed attempts; it is locked. */
  | 'LOCKED'
  /** This service is not connected to the provider. */
  | 'NOT_CONFIGURED'
  /** There is no such thing, or it belongs to somebody else. */
  | 'NOT_FOUND'
  /** The provider, or this account, cannot do this. */
  | 'NOT_SUPPORTED'
  /** It may or may not have happened: the answer was lost. It was not repeated. */
  | 'OUTCOME_UNKNOWN'
  /** It takes more time or memory than one call may use here; nobody else was asked. */
  | 'PROCESSING_LIMIT'
  /** The provider answered in a way that is not understood. */
  | 'PROVIDER_PROTOCOL'
  /** The provider said no; see providerCode. */
  | 'PROVIDER_REJECTED'
  /** The provider did not answer in time. */
  | 'PROVIDER_TIMEOUT'
  /** The provider does not accept our credential. */
  | 'PROVIDER_UNAUTHENTICATED'
  /** The provider cannot be reached or has failed; try again later. */
  | 'PROVIDER_UNAVAILABLE'
  /** The provider could not prove who it is: its certificate is not trusted here. */
  | 'PROVIDER_UNTRUSTED'
  /** A limit of the account or plan at the provider is reached. */
  | 'QUOTA_EXCEEDED'
  /** Too many requests; try again later. */
  | 'RATE_LIMITED'
  /** There is no session at the provider yet; sign in first. */
  | 'SIGN_IN_REQUIRED'
  /** The store of this service cannot be used now; nothing was sent. Try again later. */
  | 'STORE_UNAVAILABLE'
  /** What this subscription was told is no longer known here: the store has lost it. Look again, and subscribe anew. */
  | 'STREAM_LOST'
  /** It is larger than allowed. */
  | 'TOO_LARGE'
  /** The password, PIN or code is not right. */
  | 'WRONG_SECRET';

/** Whether a session at a provider can still be used. */
export type ProviderSessionState =
  /** It can be used. */
  | 'ACTIVE'
  /** It can be used no more: sign in again. */
  | 'ENDED'
  /** It can be used, and is about to end: sign in again soon. */
  | 'ENDING';

/** A push to all phones of a user. */
export type PushVipUserInput = {
  /** Further parameters of the context; 20 in all. */
  authContext?: Array<VipAttributeInput>;
  /** Level to authenticate at (authLevel.level), 1 to 10; it must be configured at the provider. */
  authLevel?: number | null | undefined;
  /** Further parameters to display; 20 in all. */
  displayParameters?: Array<VipAttributeInput>;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** Seconds between two polls of it, 1 to 60. */
  intervalSeconds?: number;
  /** Child account to act for (onBehalfOfAccountId), 3 to 50 letters and digits; our own account when left out. */
  onBehalfOfAccountId?: string | null | undefined;
  /** PIN to check first, 4 to 128 characters. Secret. */
  pin?: string | null | undefined;
  /** Where the user signs in, such as a URL (display.message.profile), at most 250 characters. */
  profile?: string | null | undefined;
  /** Further parameters of the request; 20 in all. */
  requestParameters?: Array<VipAttributeInput>;
  /** Text on the phone (display.message.text), at most 250 characters. */
  text?: string | null | undefined;
  /** Seconds the phone has to answer (request.timeout), 5 to 300. */
  timeoutSeconds?: number;
  /** Title on the phone (display.message.title), at most 250 characters. */
  title?: string | null | undefined;
  /** Id of the user (userId). Takes the `id` as well as the own id at the provider. */
  userId: string;
};

/** What to write into which open SafeBox. */
export type ReplyToSafeBoxInput = {
  /** That the text of the consent group is accepted; needed where there is one. */
  consent?: boolean | null | undefined;
  /** Small files within this request. */
  files?: Array<SafeBoxFileInput>;
  /** The SafeBox. Takes the `id` as well as the own id at the provider. */
  id: string;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** The text; needed without files. */
  message?: string | null | undefined;
  /** Files sent before by ticket. Takes the `id` as well as the own id at the provider. */
  uploads?: Array<string>;
};

/** What has changed. */
export type SafeBoxChangeKind =
  /** Something happened in it; from and to are ISO 8601. */
  | 'ACTIVITY'
  /** It is new in the list. */
  | 'ADDED'
  /** Its audit record can be downloaded. */
  | 'AUDIT_RECORD'
  /** It closes at another time; from and to are ISO 8601. */
  | 'DEADLINE'
  /** Somebody has downloaded a document; from and to are bytes. */
  | 'DOCUMENT_DOWNLOADED'
  /** The key of its double encryption was supplied or is required; from and to are words of the provider. */
  | 'KEY_STATUS'
  /** There is a new message. */
  | 'MESSAGE_ADDED'
  /** A message was marked as read or unread; to is `true` or `false`. */
  | 'MESSAGE_READ'
  /** E-mails about it were turned on or off; from and to are `true` or `false`. */
  | 'NOTIFICATIONS'
  /** Somebody takes part who did not. */
  | 'PARTICIPANT_ADDED'
  /** The invitation of somebody came back. */
  | 'PARTICIPANT_BOUNCED'
  /** Somebody tried to enter and failed; from and to are counts. */
  | 'PARTICIPANT_FAILED_LOGIN'
  /** Somebody lost access or got it back; to is `true` or `false`. */
  | 'PARTICIPANT_LOCKED'
  /** Somebody has read messages; from and to are counts. */
  | 'PARTICIPANT_READ'
  /** Somebody entered for the first time. */
  | 'PARTICIPANT_VERIFIED'
  /** It is no longer in the list. */
  | 'REMOVED'
  /** It was closed, or its content deleted; from and to are the statuses on the wire. */
  | 'STATUS'
  /** It has more or fewer unread messages; from and to are counts. */
  | 'UNREAD_COUNT';

/** A telephone number that receives codes. */
export type SafeBoxContactMethodInput = {
  /** The number. Personal data. */
  destination: string;
  /** What sort of telephone. */
  destinationType: SafeBoxPhoneType;
};

/** A small file within a request, at most 1 MiB; larger ones go by ticket. */
export type SafeBoxFileInput = {
  /** Its bytes as Base64. */
  contentBase64: string;
  /** Media type. */
  contentType?: string;
  /** File name, in any script. */
  fileName: string;
};

/** What sort of telephone a number belongs to. */
export type SafeBoxPhoneType =
  /** Mobile. */
  | 'CELL_PHONE'
  /** At home. */
  | 'HOME_PHONE'
  /** At work. */
  | 'OFFICE_PHONE'
  /** Any other. */
  | 'OTHER_PHONE'
  /** A word this graph does not know; see the provider's beside it. Cannot be given. */
  | 'UNKNOWN';

/** Somebody a SafeBox is for. */
export type SafeBoxRecipientInput = {
  /** Company. */
  companyName?: string | null | undefined;
  /** Telephone numbers that receive codes. */
  contactMethods?: Array<SafeBoxContactMethodInput> | null | undefined;
  /** E-mail address. */
  email: string;
  /** First name. */
  firstName?: string | null | undefined;
  /** Whether they may do more than a guest, where the account has that. */
  isPrivileged?: boolean | null | undefined;
  /** Last name. */
  lastName?: string | null | undefined;
};

/** What happens to the content when a SafeBox closes. */
export type SafeBoxRetention =
  /** It is deleted at once. */
  | 'DISCARD_AT_EXPIRATION'
  /** It is kept until somebody deletes it. */
  | 'DO_NOT_DISCARD'
  /** It is kept for the retention period. */
  | 'RETAIN_AT_EXPIRATION'
  /** A word this graph does not know; see the provider's beside it. Cannot be given. */
  | 'UNKNOWN';

/** Rules to choose in place of those of the security profile, where it lets you. */
export type SafeBoxSecurityOptionsInput = {
  /** Day on which it closes, YYYY-MM-DD. */
  expirationDate?: string | null | undefined;
  /** Time of that day, HH:MM:SS. */
  expirationTime?: string | null | undefined;
  /** Offset of that time, such as +02:00. */
  expirationTimeZone?: string | null | undefined;
  /** Unit of expirationValue. */
  expirationUnit?: SafeBoxTimeUnit | null | undefined;
  /** After how long it closes; with expirationUnit, or a date in place of both. */
  expirationValue?: number | null | undefined;
  /** Whether a key is needed that only the participants have. */
  hasDoubleEncryption?: boolean | null | undefined;
  /** Whether messages are encrypted. */
  hasEncryptedMessages?: boolean | null | undefined;
  /** Whether guests see the replies of others. */
  hasGroupReplies?: boolean | null | undefined;
  /** Whether guests may reply. */
  isReplyEnabled?: boolean | null | undefined;
  /** What happens to the content when it closes. */
  retentionPeriodType?: SafeBoxRetention | null | undefined;
  /** Unit of retentionPeriodValue. */
  retentionPeriodUnit?: SafeBoxTimeUnit | null | undefined;
  /** How long content is kept. */
  retentionPeriodValue?: number | null | undefined;
};

/** Where a SafeBox stands in its life. */
export type SafeBoxStatus =
  /** Closed: nobody can contribute; the owner still reads. */
  | 'CLOSED'
  /** Its content is deleted; activity and audit record remain. Final. */
  | 'CONTENT_DELETED'
  /** Open: people can read, reply and be added. */
  | 'IN_PROGRESS'
  /** A status this graph does not know; see `providerStatus`. */
  | 'UNKNOWN';

/** A unit of time. */
export type SafeBoxTimeUnit =
  /** Days. */
  | 'DAYS'
  /** Hours. */
  | 'HOURS'
  /** Months. */
  | 'MONTHS'
  /** A word this graph does not know; see the provider's beside it. Cannot be given. */
  | 'UNKNOWN'
  /** Weeks. */
  | 'WEEKS'
  /** Years; for retention only. */
  | 'YEARS';

/** A text to protect. */
export type SealWithXqKeyInput = {
  /** How it is sealed. */
  cipher?: XqSealingCipher;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** The key vanishes after the first read by somebody else (dor). */
  isDeletedOnReceipt?: boolean;
  /** Labels of the key. */
  labels?: Array<string>;
  /** For how many units of time the key can be fetched; a whole number from 1. */
  lifetime?: number;
  /** Unit of the lifetime. */
  lifetimeUnit?: XqTimeUnit;
  /** Addresses, 1 to 500: e-mail addresses, phone numbers, `<name>@alias.local`, `<id>@group.local`, `team@group.local`, `xq.public`. You may always read. */
  recipients: Array<string>;
  /** Subject line, at most 1000 characters; the provider's dashboard shows it. */
  subject?: string | null | undefined;
  /** The text, at most 262144 bytes of UTF-8. Secret: sealed here, sent to nobody, never kept. */
  text: string;
};

/** A message to push to phones. */
export type SendTwoFactorMessageInput = {
  /** Seconds during which the phones can fetch it, 1 to 86400. */
  availabilitySeconds?: number;
  /** Text on the phone, at most 4094 characters; for ESIGN it holds the signing URL. */
  body?: string | null | undefined;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** PassBy[ME] ids of the people, usually e-mail addresses; 1 to 100, none twice. */
  recipients: Array<string>;
  /** Title on the phone, at most 254 characters. */
  subject?: string | null | undefined;
  /** What the phone asks of the person. */
  type?: TwoFactorMessageType;
};

/** What SafeBox to open. */
export type SubmitSafeBoxInput = {
  /** Small files within this request. */
  files?: Array<SafeBoxFileInput>;
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** Whether e-mails about it are sent. */
  isEmailNotificationEnabled?: boolean | null | undefined;
  /** First message; needed without files. */
  message?: string | null | undefined;
  /** Language of its e-mails. */
  notificationLanguage?: string;
  /** For whom it is; at least one. */
  recipients: Array<SafeBoxRecipientInput>;
  /** Rules to choose. */
  securityOptions?: SafeBoxSecurityOptionsInput | null | undefined;
  /** Its security profile; the default one when absent. Takes the `id` as well as the own id at the provider. */
  securityProfileId?: string | null | undefined;
  /** Subject; stands in e-mails. */
  subject?: string | null | undefined;
  /** Files sent before by ticket. Takes the `id` as well as the own id at the provider. */
  uploads?: Array<string>;
  /** In whose name; needed without a session of your own. */
  userEmail?: string | null | undefined;
};

/** Whether a message can still change. */
export type TwoFactorMessageState =
  /** Every recipient is final, or the time for answers is over. */
  | 'FINISHED'
  /** At least one recipient has no final status yet. */
  | 'OPEN';

/** What the phone asks of the person. */
export type TwoFactorMessageType =
  /** Approve or deny: the two-factor case. */
  | 'AUTHORIZATION'
  /** Follow an e-signing URL in the body; the service must be agreed with the provider. */
  | 'ESIGN'
  /** Read a text. */
  | 'MESSAGE';

/** What a message has come to. Grant access on APPROVED alone. */
export type TwoFactorOutcome =
  /** Every required recipient has approved. */
  | 'APPROVED'
  /** It can no longer be approved: somebody said no. */
  | 'DENIED'
  /** It can no longer be approved: cancelled, expired, undeliverable or unanswered. */
  | 'NOT_APPROVED'
  /** It can still be approved. */
  | 'PENDING'
  /** Not an authorization: every required recipient has read it. */
  | 'SEEN';

/** Where the message stands with one recipient. */
export type TwoFactorRecipientStatus =
  /** The person said yes. */
  | 'APPROVED'
  /** Withdrawn by the sender. */
  | 'CANCELLED'
  /** The person said no. */
  | 'DENIED'
  /** Not sent: the person is switched off by the account. */
  | 'DISABLED'
  /** The app has fetched the text; the answer is outstanding. */
  | 'DOWNLOADED'
  /** Not sent: technical failure at the provider. */
  | 'FAILED'
  /** The push reached the phone. */
  | 'NOTIFIED'
  /** The push arrived, the text was never fetched. */
  | 'NOT_DOWNLOADED'
  /** The push did not arrive; the app may still fetch the message until it expires. */
  | 'NOT_NOTIFIED'
  /** Never read. */
  | 'NOT_SEEN'
  /** Not sent: the person has no device that can receive messages. */
  | 'NO_DEVICE'
  /** Accepted by the provider, nothing has reached the phone yet. */
  | 'PENDING'
  /** Read. */
  | 'SEEN'
  /** A status this graph does not know; see `providerStatus`. */
  | 'UNKNOWN';

/** A message whose OpenPGP signatures are to be checked. */
export type VerifyPgpMessageInput = {
  /** Public keys of those who may have signed, each armored, or Base64 of its binary form; never a private one. */
  keys: Array<string>;
  /** A mail (PGP/MIME or inline), an armored or binary signed message, or with `signature` what was signed. Left out: you are given a ticket to send it with, for what is larger. */
  message?: GuardLocalContentInput | null | undefined;
  /** A detached signature, armored or Base64 of its binary form. */
  signature?: string | null | undefined;
};

/** A name and a value for the provider (KeyValuePair). */
export type VipAttributeInput = {
  /** Name, 1 to 125 characters. */
  key: string;
  /** Value, at most 250 characters. */
  value: string;
};

/** Status of a credential. */
export type VipCredentialStatus =
  /** Switched off. */
  | 'DISABLED'
  /** In use. */
  | 'ENABLED'
  /** Not activated, or bound to nobody. */
  | 'INACTIVE'
  /** Locked after too many wrong codes. */
  | 'LOCKED'
  /** Of a certificate: issued. */
  | 'PROVISIONED'
  /** Of a certificate: revoked. */
  | 'REVOKED'
  /** A value this graph does not know; see the raw value beside it. */
  | 'UNKNOWN';

/** What kind of credential it is. */
export type VipCredentialType =
  /** Client certificate. */
  | 'CERTIFICATE'
  /** Remembered device (Intelligent Authentication). */
  | 'IA'
  /** Codes made by the service. */
  | 'SERVICE_OTP'
  /** Phone that gets codes by SMS. */
  | 'SMS_OTP'
  /** App or token that shows codes. */
  | 'STANDARD_OTP'
  /** A value this graph does not know; see the raw value beside it. */
  | 'UNKNOWN'
  /** Phone that is called and told a code. */
  | 'VOICE_OTP';

/** How far a push has come (transactionStatus/status). Grant access on APPROVED alone. */
export type VipPushState =
  /** The user said yes. (7000) */
  | 'APPROVED'
  /** The request has changed. (7003) */
  | 'CHANGED'
  /** The user said no. (7002) */
  | 'DENIED'
  /** The time for an answer is over. (7004) */
  | 'EXPIRED'
  /** The phone could not complete it. (7006) */
  | 'NOT_COMPLETED'
  /** The provider no longer knows the push; how it ended is lost. (7005) */
  | 'NOT_FOUND'
  /** The user could not be authenticated by the requested parameters. (7008) */
  | 'PARAMETERS_NOT_MET'
  /** Nobody has answered yet. (7001) */
  | 'PENDING'
  /** A value this graph does not know; see the raw value beside it. */
  | 'UNKNOWN';

/** Status of a user. */
export type VipUserStatus =
  /** May authenticate. */
  | 'ACTIVE'
  /** Switched off by an administrator. */
  | 'DISABLED'
  /** Locked after too many failures; setting it to ACTIVE unlocks. */
  | 'LOCKED'
  /** A value this graph does not know; see the raw value beside it. */
  | 'UNKNOWN';

/** Why nothing follows a terminal event. */
export type WatchEnd =
  /** The session at the provider ended; sign in again to go on watching. */
  | 'CREDENTIAL_EXPIRED'
  /** The last moment at which something could have changed has passed. */
  | 'DEADLINE'
  /** A final state was reached. */
  | 'FINISHED'
  /** The provider no longer knows the thing. */
  | 'NOT_FOUND';

/** How a text was sealed. */
export type XqCipher =
  /** AES-256-CBC of older JavaScript, Java and PHP clients (.A). */
  | 'AES_CBC_MD5'
  /** AES-256-CTR (.2). */
  | 'AES_CTR'
  /** AES-256-CTR of older C clients (.A). */
  | 'AES_CTR_SHA256'
  /** AES-256-GCM (.1). */
  | 'AES_GCM'
  /** XOR with the key (.B and .X). */
  | 'OTP';

/** What of a key has changed. */
export type XqKeyChangeKind =
  /** Who may read it: somebody was granted or denied access through this graph. */
  | 'ACCESS'
  /** When it ends has become known. */
  | 'EXPIRY'
  /** Where it stands. */
  | 'STATUS';

/** Which key. */
export type XqKeyInput = {
  /** Any text of yours that names this very request: the same key with the same input answers the first result and sends nothing. */
  idempotencyKey?: string | null | undefined;
  /** Locator of the key. Takes the `id` as well as the own id at the provider. */
  locator: string;
};

/** Where a key stands. */
export type XqKeyStatus =
  /** It can be fetched by those who may. */
  | 'AVAILABLE'
  /** It was to be deleted on receipt, and has been read. Final. */
  | 'CONSUMED'
  /** Its lifetime is over. Final. */
  | 'EXPIRED'
  /** It was revoked, or access to it was. Final. */
  | 'REVOKED'
  /** Nothing is known of it here; ask for it with `xqKey`. */
  | 'UNKNOWN';

/** How a text is sealed. */
export type XqSealingCipher =
  /** AES-256-CTR (scheme 2): notices no change; for readers that know nothing else. */
  | 'AES_CTR'
  /** AES-256-GCM (scheme 1): notices every change. Take this one. */
  | 'AES_GCM';

/** A unit of time. */
export type XqTimeUnit =
  /** Days. */
  | 'DAYS'
  /** Hours. */
  | 'HOURS'
  /** Minutes (assumed likewise). */
  | 'MINUTES'
  /** Seconds (that the provider takes them is assumed). */
  | 'SECONDS';

export type SendMessageMutationVariables = Exact<{
  input: SendTwoFactorMessageInput;
}>;


export type SendMessageMutation = { sendTwoFactorMessage: { twoFactorMessage: { messageId: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type SentMessagesQueryVariables = Exact<{ [key: string]: never; }>;


export type SentMessagesQuery = { twoFactorMessages: { edges: Array<{ node: { messageId: string, subject: string | null, state: TwoFactorMessageState, outcome: TwoFactorOutcome, sentAt: string, recipients: Array<{ userId: string, status: TwoFactorRecipientStatus }> } }> } | null };

export type MessageEventsSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type MessageEventsSubscription = { twoFactorMessageChanged: { cursor: string, sequence: number, observedAt: string, source: ChangeSource, isTerminal: boolean, changes: Array<{ userId: string, from: TwoFactorRecipientStatus | null, to: TwoFactorRecipientStatus }>, twoFactorMessage: { subject: string | null, outcome: TwoFactorOutcome, recipients: Array<{ userId: string, status: TwoFactorRecipientStatus }> } } };

export type PushUserMutationVariables = Exact<{
  input: PushVipUserInput;
}>;


export type PushUserMutation = { pushVipUser: { vipPush: { transactionId: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type PushEventsSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type PushEventsSubscription = { vipPushChanged: { cursor: string, sequence: number, observedAt: string, source: ChangeSource, isTerminal: boolean, changes: Array<{ from: VipPushState | null, to: VipPushState }>, vipPush: { state: VipPushState, isApproved: boolean } } };

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { viewer: { safeBoxSession: { account: string, state: ProviderSessionState } | null, xqSession: { account: string, state: ProviderSessionState } | null, guardSession: { account: string, state: ProviderSessionState } | null } };

export type SignInToBoxesMutationVariables = Exact<{ [key: string]: never; }>;


export type SignInToBoxesMutation = { signInToSafeBox: { session: { username: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type SignInToXqMutationVariables = Exact<{ [key: string]: never; }>;


export type SignInToXqMutation = { signInToXqAsAlias: { session: { id: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type SignInToGuardMutationVariables = Exact<{ [key: string]: never; }>;


export type SignInToGuardMutation = { signInToGuard: { session: { username: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type BoxesQueryVariables = Exact<{ [key: string]: never; }>;


export type BoxesQuery = { safeBoxes: { totalCount: number, edges: Array<{ node: { guid: string, subject: string | null, status: SafeBoxStatus, unreadCount: number | null, latestActivity: string | null } }> } | null };

export type InboxEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type InboxEventsSubscription = { safeBoxInboxChanged: { cursor: string, sequence: number, observedAt: string, source: ChangeSource, isTerminal: boolean, openCount: number, unreadCount: number, changes: Array<{ kind: SafeBoxChangeKind, safeBoxId: string }> } };

export type BoxQueryVariables = Exact<{
  id: string;
}>;


export type BoxQuery = { safeBox: { guid: string, subject: string | null, status: SafeBoxStatus, expiresAt: string | null, closedAt: string | null, participants: Array<{ id: string, email: string, role: string | null }> | null, messages: Array<{ id: string, note: string | null, authorType: string | null, createdAt: string | null, documents: Array<{ id: string, name: string, sizeBytes: number | null }> }> | null, eventHistory: Array<{ date: string | null, type: string, message: string | null }> | null } | null };

export type BoxEventsSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type BoxEventsSubscription = { safeBoxChanged: { cursor: string, sequence: number, observedAt: string, source: ChangeSource, isTerminal: boolean, changes: Array<{ kind: SafeBoxChangeKind, from: string | null, to: string | null }> } };

export type BoxFilesQueryVariables = Exact<{
  id: string;
}>;


export type BoxFilesQuery = { safeBox: { messages: Array<{ documents: Array<{ id: string, download: { url: string, fileName: string } | null }> }> | null } | null };

export type ReplyMutationVariables = Exact<{
  input: ReplyToSafeBoxInput;
}>;


export type ReplyMutation = { replyToSafeBox: { safeBox: { id: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type CloseBoxMutationVariables = Exact<{
  input: CloseSafeBoxInput;
}>;


export type CloseBoxMutation = { closeSafeBox: { safeBox: { id: string, status: SafeBoxStatus } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type AnnounceFileMutationVariables = Exact<{
  input: CreateSafeBoxUploadInput;
}>;


export type AnnounceFileMutation = { createSafeBoxUpload: { attachment: { id: string } | null, ticket: { url: string, method: string, headers: Array<{ name: string, value: string }> } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type ReserveBoxMutationVariables = Exact<{ [key: string]: never; }>;


export type ReserveBoxMutation = { initializeSafeBox: { draft: { safeBoxId: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type OpenBoxMutationVariables = Exact<{
  input: CommitSafeBoxInput;
}>;


export type OpenBoxMutation = { commitSafeBox: { safeBoxId: string | null, problem: { code: ProblemCode, message: string } | null } | null };

export type SealedKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type SealedKeysQuery = { xqKeys: { edges: Array<{ node: { locator: string, subject: string | null, status: XqKeyStatus, expiresAt: string | null, recipients: Array<{ address: string, hasAccess: boolean }> | null } }> } | null };

export type SealMutationVariables = Exact<{
  input: SealWithXqKeyInput;
}>;


export type SealMutation = { sealWithXqKey: { ciphertext: string | null, xqKey: { locator: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type OpenSealedMutationVariables = Exact<{
  input: OpenWithXqKeyInput;
}>;


export type OpenSealedMutation = { openWithXqKey: { text: string | null, problem: { code: ProblemCode, message: string } | null } | null };

export type RevokeKeyMutationVariables = Exact<{
  input: XqKeyInput;
}>;


export type RevokeKeyMutation = { revokeXqKey: { xqKey: { locator: string, status: XqKeyStatus } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type KeyEventsSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type KeyEventsSubscription = { xqKeyChanged: { cursor: string, sequence: number, observedAt: string, source: ChangeSource, isTerminal: boolean, endReason: WatchEnd | null, changes: Array<{ kind: XqKeyChangeKind, from: XqKeyStatus | null, to: XqKeyStatus }>, xqKey: { status: XqKeyStatus } } };

export type GuardKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type GuardKeysQuery = { guardKeyRings: Array<{ keyIdHex: string, isCurrent: boolean, publicRing: { armored: string | null, keys: Array<{ keyIdHex: string, userIds: Array<string>, isMaster: boolean, canEncrypt: boolean, isExpired: boolean, isRevoked: boolean, createdAt: string | null, expiresAt: string | null }>, facts: { algorithm: string, bits: number | null } | null } | null }> | null, guardCertificates: Array<{ serial: string, email: string | null, issuer: string | null, expiresAt: string | null, isExpired: boolean, isCurrent: boolean }> | null };

export type OpenGuardKeyMutationVariables = Exact<{ [key: string]: never; }>;


export type OpenGuardKeyMutation = { createGuardToken: { token: { isAttached: boolean } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type SignMailMutationVariables = Exact<{
  input: EncryptGuardMailInput;
}>;


export type SignMailMutation = { encryptGuardMail: { mail: { text: string | null } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type EncryptTextMutationVariables = Exact<{
  input: EncryptPgpMessageInput;
}>;


export type EncryptTextMutation = { encryptPgpMessage: { message: { text: string | null } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type VerifyTextQueryVariables = Exact<{
  input: VerifyPgpMessageInput;
}>;


export type VerifyTextQuery = { verifyPgpMessage: { report: { isVerified: boolean, form: GuardSignatureForm, content: { text: string | null }, signatures: Array<{ outcome: GuardSignatureOutcome, keyIdHex: string, userIds: Array<string>, signedAt: string | null }> } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type OnePersonQueryVariables = Exact<{
  email: string;
}>;


export type OnePersonQuery = { person: { email: string, twoFactorMessages: { edges: Array<{ node: { subject: string | null, outcome: TwoFactorOutcome } }> } | null, vipUser: { status: VipUserStatus, isPinSet: boolean, credentials: Array<{ type: VipCredentialType, status: VipCredentialStatus | null }> } | null, safeBoxes: { totalCount: number, edges: Array<{ node: { subject: string | null, status: SafeBoxStatus } }> } | null, safeBoxFavorite: { companyName: string | null } | null, xqKeys: { edges: Array<{ node: { subject: string | null, status: XqKeyStatus } }> } | null, pgpKey: { source: { name: string, isTrusted: boolean } | null, publicRing: { keys: Array<{ keyIdHex: string, expiresAt: string | null }> } | null } | null, smimeCertificate: { issuer: string | null, expiresAt: string | null } | null } | null };

export type GiveBoxMutationVariables = Exact<{
  input: SubmitSafeBoxInput;
}>;


export type GiveBoxMutation = { submitSafeBox: { safeBoxId: string | null, problem: { code: ProblemCode, message: string } | null } | null };

export type GiveVipUserMutationVariables = Exact<{
  input: CreateVipUserInput;
}>;


export type GiveVipUserMutation = { createVipUser: { vipUser: { userId: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type GivePgpKeyMutationVariables = Exact<{
  input: CreateGuardRecipientKeyInput;
}>;


export type GivePgpKeyMutation = { createGuardRecipientKey: { recipientKey: { wasCreated: boolean } | null, problem: { code: ProblemCode, message: string } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const SendMessageDocument = new TypedDocumentString(`
    mutation SendMessage($input: SendTwoFactorMessageInput!) {
  sendTwoFactorMessage(input: $input) {
    twoFactorMessage {
      messageId
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SendMessageMutation, SendMessageMutationVariables>;
export const SentMessagesDocument = new TypedDocumentString(`
    query SentMessages {
  twoFactorMessages(first: 8) {
    edges {
      node {
        messageId
        subject
        state
        outcome
        sentAt
        recipients {
          userId
          status
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SentMessagesQuery, SentMessagesQueryVariables>;
export const MessageEventsDocument = new TypedDocumentString(`
    subscription MessageEvents($id: ID!, $after: String) {
  twoFactorMessageChanged(id: $id, after: $after) {
    cursor
    sequence
    observedAt
    source
    isTerminal
    changes {
      userId
      from
      to
    }
    twoFactorMessage {
      subject
      outcome
      recipients {
        userId
        status
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MessageEventsSubscription, MessageEventsSubscriptionVariables>;
export const PushUserDocument = new TypedDocumentString(`
    mutation PushUser($input: PushVipUserInput!) {
  pushVipUser(input: $input) {
    vipPush {
      transactionId
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PushUserMutation, PushUserMutationVariables>;
export const PushEventsDocument = new TypedDocumentString(`
    subscription PushEvents($id: ID!, $after: String) {
  vipPushChanged(transactionId: $id, after: $after) {
    cursor
    sequence
    observedAt
    source
    isTerminal
    changes {
      from
      to
    }
    vipPush {
      state
      isApproved
    }
  }
}
    `) as unknown as TypedDocumentString<PushEventsSubscription, PushEventsSubscriptionVariables>;
export const SessionsDocument = new TypedDocumentString(`
    query Sessions {
  viewer {
    safeBoxSession {
      account
      state
    }
    xqSession {
      account
      state
    }
    guardSession {
      account
      state
    }
  }
}
    `) as unknown as TypedDocumentString<SessionsQuery, SessionsQueryVariables>;
export const SignInToBoxesDocument = new TypedDocumentString(`
    mutation SignInToBoxes {
  signInToSafeBox(input: {username: "ada", password: "ada-demo-password"}) {
    session {
      username
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignInToBoxesMutation, SignInToBoxesMutationVariables>;
export const SignInToXqDocument = new TypedDocumentString(`
    mutation SignInToXq {
  signInToXqAsAlias(input: {user: "console"}) {
    session {
      id
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignInToXqMutation, SignInToXqMutationVariables>;
export const SignInToGuardDocument = new TypedDocumentString(`
    mutation SignInToGuard {
  signInToGuard(input: {username: "anton@example.com", password: "appsuite-pw"}) {
    session {
      username
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignInToGuardMutation, SignInToGuardMutationVariables>;
export const BoxesDocument = new TypedDocumentString(`
    query Boxes {
  safeBoxes(first: 20) {
    totalCount
    edges {
      node {
        guid
        subject
        status
        unreadCount
        latestActivity
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BoxesQuery, BoxesQueryVariables>;
export const InboxEventsDocument = new TypedDocumentString(`
    subscription InboxEvents($after: String) {
  safeBoxInboxChanged(after: $after) {
    cursor
    sequence
    observedAt
    source
    isTerminal
    openCount
    unreadCount
    changes {
      kind
      safeBoxId
    }
  }
}
    `) as unknown as TypedDocumentString<InboxEventsSubscription, InboxEventsSubscriptionVariables>;
export const BoxDocument = new TypedDocumentString(`
    query Box($id: ID!) {
  safeBox(id: $id) {
    guid
    subject
    status
    expiresAt
    closedAt
    participants {
      id
      email
      role
    }
    messages {
      id
      note
      authorType
      createdAt
      documents {
        id
        name
        sizeBytes
      }
    }
    eventHistory {
      date
      type
      message
    }
  }
}
    `) as unknown as TypedDocumentString<BoxQuery, BoxQueryVariables>;
export const BoxEventsDocument = new TypedDocumentString(`
    subscription BoxEvents($id: ID!, $after: String) {
  safeBoxChanged(id: $id, after: $after) {
    cursor
    sequence
    observedAt
    source
    isTerminal
    changes {
      kind
      from
      to
    }
  }
}
    `) as unknown as TypedDocumentString<BoxEventsSubscription, BoxEventsSubscriptionVariables>;
export const BoxFilesDocument = new TypedDocumentString(`
    query BoxFiles($id: ID!) {
  safeBox(id: $id) {
    messages {
      documents {
        id
        download {
          url
          fileName
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<BoxFilesQuery, BoxFilesQueryVariables>;
export const ReplyDocument = new TypedDocumentString(`
    mutation Reply($input: ReplyToSafeBoxInput!) {
  replyToSafeBox(input: $input) {
    safeBox {
      id
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplyMutation, ReplyMutationVariables>;
export const CloseBoxDocument = new TypedDocumentString(`
    mutation CloseBox($input: CloseSafeBoxInput!) {
  closeSafeBox(input: $input) {
    safeBox {
      id
      status
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CloseBoxMutation, CloseBoxMutationVariables>;
export const AnnounceFileDocument = new TypedDocumentString(`
    mutation AnnounceFile($input: CreateSafeBoxUploadInput!) {
  createSafeBoxUpload(input: $input) {
    attachment {
      id
    }
    ticket {
      url
      method
      headers {
        name
        value
      }
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AnnounceFileMutation, AnnounceFileMutationVariables>;
export const ReserveBoxDocument = new TypedDocumentString(`
    mutation ReserveBox {
  initializeSafeBox(input: {}) {
    draft {
      safeBoxId
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReserveBoxMutation, ReserveBoxMutationVariables>;
export const OpenBoxDocument = new TypedDocumentString(`
    mutation OpenBox($input: CommitSafeBoxInput!) {
  commitSafeBox(input: $input) {
    safeBoxId
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OpenBoxMutation, OpenBoxMutationVariables>;
export const SealedKeysDocument = new TypedDocumentString(`
    query SealedKeys {
  xqKeys(first: 10) {
    edges {
      node {
        locator
        subject
        status
        expiresAt
        recipients {
          address
          hasAccess
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SealedKeysQuery, SealedKeysQueryVariables>;
export const SealDocument = new TypedDocumentString(`
    mutation Seal($input: SealWithXqKeyInput!) {
  sealWithXqKey(input: $input) {
    ciphertext
    xqKey {
      locator
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SealMutation, SealMutationVariables>;
export const OpenSealedDocument = new TypedDocumentString(`
    mutation OpenSealed($input: OpenWithXqKeyInput!) {
  openWithXqKey(input: $input) {
    text
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OpenSealedMutation, OpenSealedMutationVariables>;
export const RevokeKeyDocument = new TypedDocumentString(`
    mutation RevokeKey($input: XqKeyInput!) {
  revokeXqKey(input: $input) {
    xqKey {
      locator
      status
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const KeyEventsDocument = new TypedDocumentString(`
    subscription KeyEvents($id: ID!, $after: String) {
  xqKeyChanged(locator: $id, after: $after) {
    cursor
    sequence
    observedAt
    source
    isTerminal
    endReason
    changes {
      kind
      from
      to
    }
    xqKey {
      status
    }
  }
}
    `) as unknown as TypedDocumentString<KeyEventsSubscription, KeyEventsSubscriptionVariables>;
export const GuardKeysDocument = new TypedDocumentString(`
    query GuardKeys {
  guardKeyRings {
    keyIdHex
    isCurrent
    publicRing {
      armored
      keys {
        keyIdHex
        userIds
        isMaster
        canEncrypt
        isExpired
        isRevoked
        createdAt
        expiresAt
      }
      facts {
        algorithm
        bits
      }
    }
  }
  guardCertificates {
    serial
    email
    issuer
    expiresAt
    isExpired
    isCurrent
  }
}
    `) as unknown as TypedDocumentString<GuardKeysQuery, GuardKeysQueryVariables>;
export const OpenGuardKeyDocument = new TypedDocumentString(`
    mutation OpenGuardKey {
  createGuardToken(
    input: {type: PGP, password: "key-pw", lifetime: TIMED, minutes: 60}
  ) {
    token {
      isAttached
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OpenGuardKeyMutation, OpenGuardKeyMutationVariables>;
export const SignMailDocument = new TypedDocumentString(`
    mutation SignMail($input: EncryptGuardMailInput!) {
  encryptGuardMail(input: $input) {
    mail {
      text
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignMailMutation, SignMailMutationVariables>;
export const EncryptTextDocument = new TypedDocumentString(`
    mutation EncryptText($input: EncryptPgpMessageInput!) {
  encryptPgpMessage(input: $input) {
    message {
      text
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<EncryptTextMutation, EncryptTextMutationVariables>;
export const VerifyTextDocument = new TypedDocumentString(`
    query VerifyText($input: VerifyPgpMessageInput!) {
  verifyPgpMessage(input: $input) {
    report {
      isVerified
      form
      content {
        text
      }
      signatures {
        outcome
        keyIdHex
        userIds
        signedAt
      }
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<VerifyTextQuery, VerifyTextQueryVariables>;
export const OnePersonDocument = new TypedDocumentString(`
    query OnePerson($email: String!) {
  person(email: $email) {
    email
    twoFactorMessages(first: 3) {
      edges {
        node {
          subject
          outcome
        }
      }
    }
    vipUser {
      status
      isPinSet
      credentials {
        type
        status
      }
    }
    safeBoxes(first: 3) {
      totalCount
      edges {
        node {
          subject
          status
        }
      }
    }
    safeBoxFavorite {
      companyName
    }
    xqKeys(first: 3) {
      edges {
        node {
          subject
          status
        }
      }
    }
    pgpKey {
      source {
        name
        isTrusted
      }
      publicRing {
        keys {
          keyIdHex
          expiresAt
        }
      }
    }
    smimeCertificate {
      issuer
      expiresAt
    }
  }
}
    `) as unknown as TypedDocumentString<OnePersonQuery, OnePersonQueryVariables>;
export const GiveBoxDocument = new TypedDocumentString(`
    mutation GiveBox($input: SubmitSafeBoxInput!) {
  submitSafeBox(input: $input) {
    safeBoxId
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<GiveBoxMutation, GiveBoxMutationVariables>;
export const GiveVipUserDocument = new TypedDocumentString(`
    mutation GiveVipUser($input: CreateVipUserInput!) {
  createVipUser(input: $input) {
    vipUser {
      userId
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<GiveVipUserMutation, GiveVipUserMutationVariables>;
export const GivePgpKeyDocument = new TypedDocumentString(`
    mutation GivePgpKey($input: CreateGuardRecipientKeyInput!) {
  createGuardRecipientKey(input: $input) {
    recipientKey {
      wasCreated
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<GivePgpKeyMutation, GivePgpKeyMutationVariables>;