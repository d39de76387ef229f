import type { Name } from '@peculiar/asn1-x509';

/**
 * A distinguished name part by part, ready to be compared: upper and lower case are the same, and so are blanks however
 * many (RFC 5280 section 7.1).
 */
export function nameParts(name: Name): readonly string[] {
  const known = PARTS.get(name);
  if (known !== undefined) return known;
  const parts = Array.from(name, (part) =>
    Array.from(
      part,
      ({ type, value }) => `${type}=${value.toString().trim().replace(/\s+/g, ' ').toLowerCase()}`,
    )
      .sort()
      .join('+'),
  );
  PARTS.set(name, parts);
  return parts;
}

/** One name may be compared with very many. */
const PARTS = new WeakMap<Name, readonly string[]>();

/** The same for names that are the same. */
export function nameKey(name: Name): string {
  return JSON.stringify(nameParts(name));
}
