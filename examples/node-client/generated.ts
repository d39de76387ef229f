/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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


export type FollowMessageSubscription = { twoFactorMessageChanged: { cursor: string, sequence: number, observedAt: string, isTerminal: boolean, changes: Array<{ userId: string, from: TwoFactorRecipientStatus | null, to: TwoFactorRecipientStatus }>, twoFactorMessage: { outcome: TwoFactorOutcome } } };

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
    observedAt
    isTerminal
    changes {
      userId
      from
      to
    }
    twoFactorMessage {
      outcome
    }
  }
}
    `) as unknown as TypedDocumentString<FollowMessageSubscription, FollowMessageSubscriptionVariables>;