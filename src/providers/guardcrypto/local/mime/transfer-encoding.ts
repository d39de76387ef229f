import { linesOf, withoutTrailingBlanks } from './lines.js';

/** Takes off a transfer encoding. @param body one character for one byte @param encoding lower case */
export function decodeTransfer(body: string, encoding: string | undefined): Buffer {
  switch (encoding) {
    case 'base64':
      return Buffer.from(body, 'base64');
    case 'quoted-printable':
      return Buffer.from(decodeQuotedPrintable(body), 'latin1');
    default:
      return Buffer.from(body, 'latin1');
  }
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
