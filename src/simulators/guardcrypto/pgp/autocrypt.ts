import { readKey, type Key } from 'openpgp';
import { GuardError } from '../guard-error.js';

const MAX_HEADER_BYTES = 10 * 1024;

/** What an Autocrypt header says. */
export interface AutocryptHeader {
  /** Lower case. */
  readonly address: string;
  readonly key: Key;
}

/** Reads the value of an Autocrypt Level 1 header. @throws GuardError when it is not valid. */
export async function readAutocryptHeader(header: string): Promise<AutocryptHeader> {
  if (Buffer.byteLength(header) > MAX_HEADER_BYTES) throw new GuardError('missingParameter', ['header']);
  const attributes = new Map<string, string>();
  for (const attribute of header.split(';')) {
    const mark = attribute.indexOf('=');
    const name = attribute.slice(0, Math.max(mark, 0)).trim();
    const critical = !name.startsWith('_');
    // `keydata` comes last, and a name nobody knows makes the header worthless unless it is marked as optional.
    if (attributes.has('keydata') || (critical && !['addr', 'prefer-encrypt', 'keydata'].includes(name)))
      throw new GuardError('missingParameter', ['header']);
    attributes.set(name, attribute.slice(mark + 1).trim());
  }
  const address = attributes.get('addr')?.toLowerCase();
  const keydata = attributes.get('keydata')?.replace(/\s+/g, '');
  if (!address || !keydata) throw new GuardError('missingParameter', ['header']);
  try {
    return { address, key: (await readKey({ binaryKey: Buffer.from(keydata, 'base64') })).toPublic() };
  } catch {
    throw new GuardError('unreadableKey');
  }
}
