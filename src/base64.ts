/**
 * The bytes of Base64 as RFC 4648 writes it (section 4): padded, and without anything else in it. Undefined for any other
 * text, so that whatever was cut off or pieced together on its way is noticed.
 */
export function fromBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
