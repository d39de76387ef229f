/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

export type ApprovalSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ApprovalSubscription = { twoFactorMessageChanged: { cursor: string, sequence: number, observedAt: string, isTerminal: boolean, twoFactorMessage: { id: string, subject: string | null, outcome: TwoFactorOutcome, recipients: Array<{ userId: string, status: TwoFactorRecipientStatus }> } } };

export type SafeBoxLifeSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type SafeBoxLifeSubscription = { safeBoxChanged: { cursor: string, sequence: number, observedAt: string, isTerminal: boolean, safeBox: { id: string, subject: string | null, status: SafeBoxStatus, expiresAt: string | null, closedAt: string | null, unreadCount: number | null, participants: Array<{ id: string, email: string }> | null } } };

export type InboxSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type InboxSubscription = { safeBoxInboxChanged: { cursor: string, sequence: number, observedAt: string, isTerminal: boolean, openCount: number, unreadCount: number, changes: Array<{ kind: SafeBoxChangeKind, safeBoxId: string }> } };

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

export const ApprovalDocument = new TypedDocumentString(`
    subscription Approval($id: ID!, $after: String) {
  twoFactorMessageChanged(id: $id, after: $after) {
    cursor
    sequence
    observedAt
    isTerminal
    twoFactorMessage {
      id
      subject
      outcome
      recipients {
        userId
        status
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ApprovalSubscription, ApprovalSubscriptionVariables>;
export const SafeBoxLifeDocument = new TypedDocumentString(`
    subscription SafeBoxLife($id: ID!, $after: String) {
  safeBoxChanged(id: $id, after: $after) {
    cursor
    sequence
    observedAt
    isTerminal
    safeBox {
      id
      subject
      status
      expiresAt
      closedAt
      unreadCount
      participants {
        id
        email
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SafeBoxLifeSubscription, SafeBoxLifeSubscriptionVariables>;
export const InboxDocument = new TypedDocumentString(`
    subscription Inbox($after: String) {
  safeBoxInboxChanged(after: $after) {
    cursor
    sequence
    observedAt
    isTerminal
    openCount
    unreadCount
    changes {
      kind
      safeBoxId
    }
  }
}
    `) as unknown as TypedDocumentString<InboxSubscription, InboxSubscriptionVariables>;