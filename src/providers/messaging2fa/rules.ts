import { checkAll } from '../../check-all.js';
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
 * @throws ProviderError INVALID_INPUT naming each field at fault and its rule
 */
export function checkOutgoing({
  recipients,
  subject,
  body,
  availabilitySeconds,
  type,
}: OutgoingMessage): void {
  checkAll([
    () => checkRecipients(recipients),
    () => checkLength('subject', subject, LIMITS.subjectCharacters),
    () => checkLength('body', body, LIMITS.bodyCharacters),
    () => checkAvailability(availabilitySeconds),
    () => checkType(type),
  ]);
}

function checkAvailability(seconds: number): void {
  const { minAvailabilitySeconds: min, maxAvailabilitySeconds: max } = LIMITS;
  if (Number.isInteger(seconds) && seconds >= min && seconds <= max) return;
  throw invalidInput(
    ['availabilitySeconds'],
    'OUT_OF_RANGE',
    `availabilitySeconds must be a whole number from ${min} to ${max}.`,
  );
}

function checkType(type: OutgoingMessage['type']): void {
  if (!MESSAGE_TYPES.includes(type))
    throw invalidInput(['type'], 'NOT_ALLOWED', `type must be one of ${MESSAGE_TYPES.join(', ')}.`);
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
  const keys = recipients.map(nameKey);
  checkAll(
    recipients.map((recipient, index) => () => {
      const path = ['recipients', String(index)];
      if (recipient.trim() === '') throw invalidInput(path, 'BLANK', 'recipients must not hold an empty id.');
      if ([...recipient].length > LIMITS.recipientCharacters)
        throw invalidInput(
          path,
          'TOO_LONG',
          `recipients must be at most ${LIMITS.recipientCharacters} characters each.`,
        );
      if (keys.indexOf(nameKey(recipient)) < index)
        throw invalidInput(path, 'DUPLICATE', 'recipients must not name the same person twice.');
    }),
  );
}

function checkLength(field: string, text: string | null, max: number): void {
  if (text !== null && [...text].length > max) {
    throw invalidInput([field], 'TOO_LONG', `${field} must be at most ${max} characters.`);
  }
}
