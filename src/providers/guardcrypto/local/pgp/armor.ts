/** Whether it is OpenPGP without armor: the first octet of a packet has its highest bit set, no text does. */
export function isBinaryPgp(bytes: Uint8Array): boolean {
  return (bytes[0] ?? 0) >= 0x80;
}

/** Every armored block of these kinds in a text, with its marks. */
export function armorBlocks(text: string, ...kinds: readonly string[]): string[] {
  const pattern = new RegExp(`-----BEGIN PGP (${kinds.join('|')})-----[^]+?-----END PGP \\1-----`, 'g');
  return text.match(pattern) ?? [];
}

/** The first message with a readable text and its signature. */
export function cleartextBlock(text: string): string | undefined {
  return /-----BEGIN PGP SIGNED MESSAGE-----[^]+?-----END PGP SIGNATURE-----/.exec(text)?.[0];
}
