import { linesOf, withoutTrailingBlanks } from './lines.js';

/**
 * Takes off a transfer encoding. Undefined when something else stands within Base64, or behind it: some readers pass over
 * that, and others show it.
 * @param body one character for one byte @param encoding lower case
 */
export function decodeTransfer(body: string, encoding: string | undefined): Buffer | undefined {
  switch (encoding) {
    case 'base64':
      return decodeBase64(body.replace(/\s+/g, ''));
    case 'quoted-printable':
      return Buffer.from(decodeQuotedPrintable(body), 'latin1');
    default:
      return Buffer.from(body, 'latin1');
  }
}

function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z\d+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function decodeQuotedPrintable(body: string): string {
  const decoded: string[] = [];
  for (const { text, end, next } of linesOf(body)) {
    // Blanks at the end of a line were added on the way.
    const line = withoutTrailingBlanks(text);
    const isSoft = line.endsWith('=');
    decoded.push((isSoft ? line.slice(0, -1) : line).replace(/=([\dA-F]{2})/gi, fromHex));
    if (!isSoft) decoded.push(body.slice(end, next));
  }
  return decoded.join('');
}

function fromHex(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}
