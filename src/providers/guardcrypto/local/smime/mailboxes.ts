import { domainToASCII } from 'node:url';
import type { GeneralName } from '@peculiar/asn1-x509';
import { Constructed, fromBER, Utf8String } from 'asn1js';

const SMTP_UTF8_MAILBOX = '1.3.6.1.5.5.7.8.9';

/**
 * The address in a name for those that are not ASCII (RFC 9598), its host as name constraints have hosts. Undefined: it
 * is another kind of name. Empty: it holds no address.
 */
export function utf8Mailbox({ otherName }: GeneralName): string | undefined {
  if (otherName?.typeId !== SMTP_UTF8_MAILBOX) return undefined;
  const { result } = fromBER(otherName.value);
  const value: unknown = result instanceof Constructed ? result.valueBlock.value[0] : result;
  const address = value instanceof Utf8String ? value.getValue() : '';
  const at = address.lastIndexOf('@');
  const host = at < 0 ? '' : domainToASCII(address.slice(at + 1));
  return host === '' ? '' : address.slice(0, at + 1) + host;
}
