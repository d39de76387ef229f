import type { MessageType } from './message.js';

/** Whose approval is required. */
export type ApprovalRule = 'ALL' | 'ANY';

/** What a message has come to under a rule. Only APPROVED grants anything. */
export type Outcome = 'PENDING' | 'APPROVED' | 'DENIED' | 'SEEN' | 'NOT_APPROVED';

/** One person who was asked. A type, not an interface, so that it counts as JSON. */
export type RecipientState = {
  readonly userId: string;
  /** As on the wire, known or not. */
  readonly status: string;
  readonly isFinal: boolean;
};

/**
 * Approved only on positive answers of exactly those required; any other, unknown or missing status never counts as one.
 * @param recipients everybody who was asked
 * @param isEnded nothing changes any more
 */
export function outcomeOf(
  recipients: readonly RecipientState[],
  rule: ApprovalRule,
  { type, isEnded }: { readonly type: MessageType; readonly isEnded: boolean },
): Outcome {
  const enough = (wanted: string): boolean => {
    const has = (recipient: RecipientState): boolean => recipient.status === wanted;
    return rule === 'ALL' ? recipients.length > 0 && recipients.every(has) : recipients.some(has);
  };
  if (enough('APPROVED')) return 'APPROVED';
  if (type !== 'authorization' && enough('SEEN')) return 'SEEN';

  const lost = ({ status, isFinal }: RecipientState): boolean =>
    isEnded || (isFinal && status !== 'APPROVED' && (type === 'authorization' || status !== 'SEEN'));
  const isDecided = rule === 'ALL' ? recipients.some(lost) : recipients.every(lost);
  if (!isDecided) return 'PENDING';
  return recipients.some(({ status }) => status === 'DENIED') ? 'DENIED' : 'NOT_APPROVED';
}
