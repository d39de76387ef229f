import { invalidInput } from '../../src/provider-error.js';
import { MimeEntity } from '../../src/providers/guardcrypto/local/mime/entity.js';

/** A header field and what may stand before it begin within these. */
const BEGINNING_BYTES = 4 * 1024;

/**
 * The bytes, when they are a mail as far as can be told: they begin with a header field.
 * @throws ProviderError INVALID_INPUT
 */
export function requireMail<Bytes extends Uint8Array>(field: string, bytes: Bytes): Bytes {
  const beginning = Buffer.from(bytes.subarray(0, BEGINNING_BYTES));
  if (MimeEntity.parseMail(beginning) === undefined)
    throw invalidInput([field], 'MALFORMED', `${field} must be a mail, which begins with header fields.`);
  return bytes;
}

/**
 * The same of a mail that is to be sent: its header is nothing but fields (RFC 5322, section 2.2).
 * @throws ProviderError INVALID_INPUT
 */
export function requireOutgoingMail<Bytes extends Uint8Array>(field: string, bytes: Bytes): Bytes {
  requireMail(field, bytes);
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (MimeEntity.parse(whole.toString('latin1')).isOnlyFields) return bytes;
  throw invalidInput(
    [field],
    'MALFORMED',
    `${field} must have nothing in its header but fields, each a name of visible ASCII without a colon, and a colon.`,
  );
}
