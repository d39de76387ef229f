import { checkAll } from '../../src/check-all.js';
import type { LabelledPolicy, Policy } from '../../src/providers/xqkeys/packet.js';
import { checkKey, checkLabels, checkPolicy } from '../../src/providers/xqkeys/rules.js';
import type { XqPolicyInput, XqTimedPolicyInput } from './key.input.js';

/** Who may read; until when, and of whatever type. */
export function policyOf({
  recipients,
  subject,
  isDeletedOnReceipt: deleteOnReceipt,
}: XqPolicyInput): Omit<Policy, 'lifetime' | 'type'> {
  return { recipients, subject: subject ?? null, deleteOnReceipt };
}

/** Who may read, until when; of whatever type. */
export function timedPolicyOf(input: XqTimedPolicyInput): Omit<Policy, 'type'> {
  return { ...policyOf(input), lifetime: { amount: input.lifetime, unit: input.lifetimeUnit } };
}

/** Policy and labels of a key, checked together with the key itself. */
export function labelledPolicyOf(
  input: XqTimedPolicyInput & { readonly labels: readonly string[] },
  type: Policy['type'],
  key: string,
): LabelledPolicy {
  const [policy, labels] = checkAll([
    () => checkPolicy({ ...timedPolicyOf(input), type }),
    () => (input.labels.length > 0 ? checkLabels(input.labels) : null),
    () => checkKey(key),
  ]);
  return { ...policy, labels };
}
