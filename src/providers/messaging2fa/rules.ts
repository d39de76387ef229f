import { invalidInput } from '../../provider-error.js';
import { nameKey } from '../../same-name.js';
import { MESSAGE_TYPES } from './message.js';
import type { OutgoingMessage } from './message.js';

/** Limits of the messaging API (dossier 2.1 and doubts D9, D10); characters are code points. */
export const LIMITS = {
  subjectCharacters: 254,
  bodyCharacters: 4094,
  minAvailabilitySeconds: 1,
  maxAvailabilitySeconds: 86_400,
  recipients: 100,
  recipientCharacters: 254,
} as const;

/**
 * Refuses, before anything is sent, what the provider's own clients refuse and what its limits forbid.
 * @throws ProviderError INVALID_INPUT naming the field and the rule
 */
export function checkOutgoing(message: OutgoingMessage): void {
  checkRecipients(message.recipients);
  checkLength('subject', message.subject, LIMITS.subjectCharacters);
  checkLength('body', message.body, LIMITS.bodyCharacters);
  const { availabilitySeconds: seconds } = message;
  if (
    !Number.isInteger(seconds) ||
    seconds < LIMITS.minAvailabilitySeconds ||
    seconds > LIMITS.maxAvailabilitySeconds
  ) {
    throw invalidInput(
      ['availabilitySeconds'],
      'OUT_OF_RANGE',
      `availabilitySeconds must be a whole number from ${LIMITS.minAvailabilitySeconds} to ${LIMITS.maxAvailabilitySeconds}.`,
    );
  }
  if (!MESSAGE_TYPES.includes(message.type)) {
    throw invalidInput(['type'], 'NOT_ALLOWED', `type must be one of ${MESSAGE_TYPES.join(', ')}.`);
  }
}

function checkRecipients(recipients: readonly string[]): void {
  if (recipients.length === 0)
    throw invalidInput(['recipients'], 'BLANK', 'recipients must name at least one person.');
  if (recipients.length > LIMITS.recipients) {
    throw invalidInput(
      ['recipients'],
      'TOO_LONG',
      `recipients must name at most ${LIMITS.recipients} people.`,
    );
  }
  const seen = new Set<string>();
  recipients.forEach((recipient, index) => {
    const path = ['recipients', String(index)];
    if (recipient.trim() === '') throw invalidInput(path, 'BLANK', 'recipients must not hold an empty id.');
    if ([...recipient].length > LIMITS.recipientCharacters) {
      throw invalidInput(
        path,
        'TOO_LONG',
        `recipients must be at most ${LIMITS.recipientCharacters} characters each.`,
      );
    }
    if (seen.has(nameKey(recipient))) {
      throw invalidInput(path, 'DUPLICATE', 'recipients must not name the same person twice.');
    }
    seen.add(nameKey(recipient));
  });
}

function checkLength(field: string, text: string | null, max: number): void {
  if (text !== null && [...text].length > max) {
    throw invalidInput([field], 'TOO_LONG', `${field} must be at most ${max} characters.`);
  }
}
