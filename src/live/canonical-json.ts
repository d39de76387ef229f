import type { Json } from './ports.js';

/** JSON text that is equal for equal values, whatever the order of their keys. A property that is undefined is left out. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_key, part: Json) => (isObject(part) ? sorted(part) : part));
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: { readonly [key: string]: Json }): Json {
  // Without a prototype, so that a key named __proto__ stays a key.
  const copy: Record<string, Json> = Object.create(null) as Record<string, Json>;
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value !== undefined) copy[key] = value;
  }
  return copy;
}
