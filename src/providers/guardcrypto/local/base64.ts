/** The bytes of Base64 without blanks; undefined where anything else stands in it, which Node would pass over. */
export function fromBase64(text: string): Buffer | undefined {
  return /^[A-Z0-9+/]*={0,2}$/i.test(text) ? Buffer.from(text, 'base64') : undefined;
}
