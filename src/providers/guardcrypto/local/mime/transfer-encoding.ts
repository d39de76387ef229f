import { linesOf, withoutTrailingBlanks } from './lines.js';

/** Those that leave the body as it is; a body that does not say is one of them (RFC 2045 section 6). */
const IDENTITY: readonly (string | undefined)[] = [undefined, '7bit', '8bit', 'binary'];

/** Whether a body stands as it is. @param encoding lower case */
export function isIdentity(encoding: string | undefined): boolean {
  return IDENTITY.includes(encoding);
}

/**
 * Takes off a transfer encoding. Undefined when it is not known, or something stands in the body that it does not have:
 * some readers pass over that, and others show it.
 * @param body one character for one byte @param encoding lower case
 */
export function decodeTransfer(body: string, encoding: string | undefined): Buffer | undefined {
  if (isIdentity(encoding)) return Buffer.from(body, 'latin1');
  switch (encoding) {
    case 'base64':
      return decodeBase64(body.replace(/[ \t\r\n]+/g, ''));
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    default:
      return undefined;
  }
}

function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z\d+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function decodeQuotedPrintable(body: string): Buffer | undefined {
  const decoded: string[] = [];
  for (const { text, end, next } of linesOf(body)) {
    // Blanks at the end of a line were added on the way.
    const line = withoutTrailingBlanks(text);
    const isSoft = line.endsWith('=');
    const encoded = isSoft ? line.slice(0, -1) : line;
    if (/=(?![\dA-F]{2})/i.test(encoded)) return undefined;
    decoded.push(encoded.replace(/=([\dA-F]{2})/gi, fromHex));
    if (!isSoft) decoded.push(body.slice(end, next));
  }
  return Buffer.from(decoded.join(''), 'latin1');
}

function fromHex(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}
