import type { Name } from '@peculiar/asn1-x509';

/**
 * A distinguished name part by part, ready to be compared: upper and lower case are the same, and so are blanks however
 * many (RFC 5280 section 7.1).
 */
export function nameParts(name: Name): string[] {
  return Array.from(name, (part) =>
    Array.from(
      part,
      ({ type, value }) => `${type}=${value.toString().trim().replace(/\s+/g, ' ').toLowerCase()}`,
    )
      .sort()
      .join('+'),
  );
}

/** The same for names that are the same. */
export function nameKey(name: Name): string {
  return JSON.stringify(nameParts(name));
}
