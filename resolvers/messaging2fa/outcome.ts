import type { MessageType } from '../../src/providers/messaging2fa/message.js';
import type { RecipientState } from '../../src/providers/messaging2fa/message-watch.js';
import { TwoFactorApprovalRule, TwoFactorOutcome } from './enums.js';

/**
 * What a message has come to under a rule. Approved only on positive answers of exactly those required;
 * any other, unknown or missing status never counts as one.
 */
export function outcomeOf(
  recipients: readonly RecipientState[],
  rule: TwoFactorApprovalRule,
  { type, isFinished }: { type: MessageType; isFinished: boolean },
): TwoFactorOutcome {
  const enough = (wanted: string): boolean => {
    const has = (recipient: RecipientState): boolean => recipient.status === wanted;
    return rule === TwoFactorApprovalRule.ALL
      ? recipients.length > 0 && recipients.every(has)
      : recipients.some(has);
  };
  if (enough('APPROVED')) return TwoFactorOutcome.APPROVED;
  if (type !== 'authorization' && enough('SEEN')) return TwoFactorOutcome.SEEN;

  const lost = (recipient: RecipientState): boolean =>
    isFinished ||
    (recipient.isFinal &&
      recipient.status !== 'APPROVED' &&
      (type === 'authorization' || recipient.status !== 'SEEN'));
  const decided = rule === TwoFactorApprovalRule.ALL ? recipients.some(lost) : recipients.every(lost);
  if (!decided) return TwoFactorOutcome.PENDING;
  return recipients.some((recipient) => recipient.status === 'DENIED')
    ? TwoFactorOutcome.DENIED
    : TwoFactorOutcome.NOT_APPROVED;
}
