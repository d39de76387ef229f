/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

/** Who you are at the provider. */
export type SignInToSafeBoxInput = {
  /** One-time password, where the user has that. Secret: used once, never kept. */
  oneTimePassword?: string | null | undefined;
  /** Password. Secret: used once, never kept. */
  password: string;
  /** User name. */
  username: string;
};

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

export type SendMessageMutationVariables = Exact<{
  input: SendTwoFactorMessageInput;
}>;


export type SendMessageMutation = { sendTwoFactorMessage: { twoFactorMessage: { id: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type FollowMessageSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FollowMessageSubscription = { twoFactorMessageChanged: { cursor: string, sequence: number, isTerminal: boolean, twoFactorMessage: { outcome: TwoFactorOutcome, recipients: Array<{ userId: string, status: TwoFactorRecipientStatus }> } } };

export type SignInMutationVariables = Exact<{
  input: SignInToSafeBoxInput;
}>;


export type SignInMutation = { signInToSafeBox: { session: { expiresAt: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type ReserveSafeBoxMutationVariables = Exact<{ [key: string]: never; }>;


export type ReserveSafeBoxMutation = { initializeSafeBox: { draft: { id: string } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type AnnounceFileMutationVariables = Exact<{
  input: CreateSafeBoxUploadInput;
}>;


export type AnnounceFileMutation = { createSafeBoxUpload: { attachment: { id: string } | null, ticket: { url: string, method: string, headers: Array<{ name: string, value: string }> } | null, problem: { code: ProblemCode, message: string } | null } | null };

export type OpenSafeBoxMutationVariables = Exact<{
  input: CommitSafeBoxInput;
}>;


export type OpenSafeBoxMutation = { commitSafeBox: { safeBoxId: string | null, problem: { code: ProblemCode, message: string } | null } | null };

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
      id
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SendMessageMutation, SendMessageMutationVariables>;
export const FollowMessageDocument = new TypedDocumentString(`
    subscription FollowMessage($id: ID!, $after: String) {
  twoFactorMessageChanged(id: $id, after: $after) {
    cursor
    sequence
    isTerminal
    twoFactorMessage {
      outcome
      recipients {
        userId
        status
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FollowMessageSubscription, FollowMessageSubscriptionVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInToSafeBoxInput!) {
  signInToSafeBox(input: $input) {
    session {
      expiresAt
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const ReserveSafeBoxDocument = new TypedDocumentString(`
    mutation ReserveSafeBox {
  initializeSafeBox(input: {}) {
    draft {
      id
    }
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReserveSafeBoxMutation, ReserveSafeBoxMutationVariables>;
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
export const OpenSafeBoxDocument = new TypedDocumentString(`
    mutation OpenSafeBox($input: CommitSafeBoxInput!) {
  commitSafeBox(input: $input) {
    safeBoxId
    problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OpenSafeBoxMutation, OpenSafeBoxMutationVariables>;