/** Base64 in lines of 64 characters, as armor, PEM and mail take it; the last one ends too. */
export function base64Lines(bytes: Uint8Array, lineEnd: '\n' | '\r\n'): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += LINE_LENGTH) {
    lines.push(text.slice(start, start + LINE_LENGTH), lineEnd);
  }
  return lines.join('');
}

const LINE_LENGTH = 64;
