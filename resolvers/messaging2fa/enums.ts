import { registerEnumType } from 'type-graphql';
import { MESSAGE_TYPES } from '../../src/providers/messaging2fa/message.js';
import type { MessageType } from '../../src/providers/messaging2fa/message.js';
import { isKnownStatus, RECIPIENT_STATUSES } from '../../src/providers/messaging2fa/status.js';

/** GraphQL name to wire value. */
export const TwoFactorMessageType = Object.fromEntries(
  MESSAGE_TYPES.map((type) => [type.toUpperCase(), type]),
) as Readonly<Record<Uppercase<MessageType>, MessageType>>;

registerEnumType(TwoFactorMessageType, {
  name: 'TwoFactorMessageType',
  description: 'What the phone asks of the person.',
  valuesConfig: {
    AUTHORIZATION: { description: 'Approve or deny: the two-factor case.' },
    MESSAGE: { description: 'Read a text.' },
    ESIGN: {
      description: 'Follow an e-signing URL in the body; the service must be agreed with the provider.',
    },
  },
});

const descriptions: Readonly<Record<string, string>> = {
  ...RECIPIENT_STATUSES,
  UNKNOWN: 'A status this graph does not know; see `providerStatus`.',
};

export const TwoFactorRecipientStatus = Object.fromEntries(
  Object.keys(descriptions).map((status) => [status, status]),
);

registerEnumType(TwoFactorRecipientStatus, {
  name: 'TwoFactorRecipientStatus',
  description: 'Where the message stands with one recipient.',
  valuesConfig: Object.fromEntries(
    Object.entries(descriptions).map(([status, description]) => [status, { description }]),
  ),
});

export function toRecipientStatus(providerStatus: string): string {
  return isKnownStatus(providerStatus) ? providerStatus : 'UNKNOWN';
}

export enum TwoFactorApprovalRule {
  ALL = 'ALL',
  ANY = 'ANY',
}

registerEnumType(TwoFactorApprovalRule, {
  name: 'TwoFactorApprovalRule',
  description: 'Whose approval is required.',
  valuesConfig: {
    ALL: { description: 'Every recipient must approve.' },
    ANY: { description: 'One approval is enough.' },
  },
});

export enum TwoFactorOutcome {
  PENDING = 'PENDING',
  APPROVED = 'APPROVED',
  DENIED = 'DENIED',
  SEEN = 'SEEN',
  NOT_APPROVED = 'NOT_APPROVED',
}

registerEnumType(TwoFactorOutcome, {
  name: 'TwoFactorOutcome',
  description: 'What a message has come to. Grant access on APPROVED alone.',
  valuesConfig: {
    PENDING: { description: 'It can still be approved.' },
    APPROVED: { description: 'Every required recipient has approved.' },
    DENIED: { description: 'It can no longer be approved: somebody said no.' },
    SEEN: { description: 'Not an authorization: every required recipient has read it.' },
    NOT_APPROVED: {
      description: 'It can no longer be approved: cancelled, expired, undeliverable or unanswered.',
    },
  },
});

export enum TwoFactorMessageState {
  OPEN = 'OPEN',
  FINISHED = 'FINISHED',
}

registerEnumType(TwoFactorMessageState, {
  name: 'TwoFactorMessageState',
  description: 'Whether a message can still change.',
  valuesConfig: {
    OPEN: { description: 'At least one recipient has no final status yet.' },
    FINISHED: { description: 'Every recipient is final, or the time for answers is over.' },
  },
});
