import { SoapFault } from './envelope.js';

/**
 * The text of a request. The charset of its content type counts, default UTF-8; a content encoding is not looked at,
 * because a published client puts nonsense there.
 * @throws SoapFault
 */
export function decodeBody(body: Uint8Array, contentType = ''): string {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      throw new SoapFault('Client', 'The message is not in the charset it names.');
    throw error;
  }
}
