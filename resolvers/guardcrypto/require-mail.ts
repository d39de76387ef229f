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
