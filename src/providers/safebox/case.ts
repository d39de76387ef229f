// Keys of which the provider's own words are the meaning.
const OPAQUE = new Set(['metadata']);

/** The same JSON with names in camelCase, at every depth but within opaque values. */
export function toCamelCase(data: unknown): unknown {
  return renamed(data, (name) =>
    name.replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase()),
  );
}

/** The same JSON with names in snake_case; what is undefined or null is left out, as null means absent on this wire. */
export function toSnakeCase(data: unknown): unknown {
  return renamed(withoutNulls(data), (name) =>
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
}

function renamed(data: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(data)) return data.map((entry) => renamed(entry, rename));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      rename(name),
      OPAQUE.has(name) ? value : renamed(value, rename),
    ]),
  );
}

function withoutNulls(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutNulls);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => [name, withoutNulls(value)]),
  );
}
