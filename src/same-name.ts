/**
 * The key of an address or a user id that two ways to write it share. ASCII alone is folded: other letters that look
 * alike when small, such as the Kelvin sign and k, name somebody else.
 */
export function nameKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
