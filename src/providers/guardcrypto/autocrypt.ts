import { nameKey } from '../../same-name.js';
import { invalidInput } from '../../provider-error.js';

/** Longest header that counts (Autocrypt Level 1), in characters. */
const MAX_HEADER_CHARACTERS = 10 * 1024;

// What Guard leaves to its caller (dossier 2.3): that the header speaks for the sender of its mail.

/** Whom a header speaks for. @throws ProviderError INVALID_INPUT */
export function requireAutocryptAddress(header: string): string {
  if (header.length > MAX_HEADER_CHARACTERS)
    throw invalidInput(
      ['header'],
      'TOO_LONG',
      `header must have at most ${MAX_HEADER_CHARACTERS} characters.`,
    );
  const address = addressOf(header);
  if (address === undefined)
    throw invalidInput(['header'], 'MALFORMED', 'header must be an Autocrypt header with an addr.');
  return address;
}

/**
 * @param from address of the From field
 * @param address in the header
 * @throws ProviderError INVALID_INPUT
 */
export function requireSender(from: string, address: string): void {
  if (nameKey(address) !== nameKey(from))
    throw invalidInput(
      ['from'],
      'NOT_ALLOWED',
      'from must be the address in the header: a key of anybody else is not taken.',
    );
}

function addressOf(header: string): string | undefined {
  const addresses = header.split(';').flatMap((attribute) => {
    const [name = '', ...value] = attribute.split('=');
    return name.trim() === 'addr' && value.length > 0 ? [value.join('=').trim()] : [];
  });
  return addresses.length === 1 ? addresses[0] : undefined;
}
