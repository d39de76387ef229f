import { invalidInput } from '../../provider-error.js';

/** Names of the segments of a path such as `/messages/:id`. */
export type Segments<Path extends string> = Path extends `${string}/:${infer Name}/${infer Rest}`
  ? Name | Segments<`/${Rest}`>
  : Path extends `${string}/:${infer Name}`
    ? Name
    : never;

/**
 * The path with its segments filled in, each encoded.
 * @throws ProviderError INVALID_INPUT naming the segment that would lead elsewhere
 */
export function fillPath(path: string, segments: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_match, name: string) => {
    const value = segments[name] ?? '';
    if (leadsElsewhere(value)) {
      throw invalidInput([name], `${name} must not be empty, . or .., nor hold control characters.`);
    }
    return encodeURIComponent(value);
  });
}

/** Deeper encodings are of no use to anybody. */
const MAX_DECODINGS = 3;

/** Whether the value, as it is or decoded by whoever passes it on, is no name of one thing. */
function leadsElsewhere(value: string): boolean {
  let text = value;
  for (let round = 0; round <= MAX_DECODINGS; round++) {
    if (/[\p{Cc}\p{Cs}]/u.test(text)) return true;
    if (text.split(/[/\\]/).some((part) => ['', '.', '..'].includes(part.trim()))) return true;
    const decoded = decode(text);
    if (decoded === text) return false;
    text = decoded;
  }
  return true;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%2e/gi, '.').replace(/%2f/gi, '/').replace(/%5c/gi, '\\');
  }
}
