import { checkAll } from '../../check-all.js';
import { invalidInput } from '../../provider-error.js';

/** Names of the segments of a path such as `/messages/:id`. */
export type Segments<Path extends string> = Path extends `${string}/:${infer Name}/${infer Rest}`
  ? Name | Segments<`/${Rest}`>
  : Path extends `${string}/:${infer Name}`
    ? Name
    : never;

/**
 * The path with its segments filled in, each encoded.
 * @param fixed paths without segments, which mean something else
 * @throws ProviderError INVALID_INPUT naming each segment that would lead elsewhere
 */
export function fillPath(
  path: string,
  segments: Readonly<Record<string, string>>,
  fixed: ReadonlySet<string> = new Set(),
): string {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  checkSegments(Object.fromEntries(named.map((name) => [name, segments[name] ?? ''])));
  const filled = path.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(segments[name] ?? ''));
  const last = named.at(-1) ?? '';
  const names = (text: string): boolean => fixed.has(text.replace(/\s/g, '').toLowerCase());
  if (last === '' || !decodings(filled).some(names)) return filled;
  throw invalidInput([last], 'NOT_ALLOWED', `${last} must not be a word that the provider reserves.`);
}

/**
 * Checks ids, by the names that the caller gives them, that are going to be segments of a path; null for none.
 * @throws ProviderError INVALID_INPUT naming each that would lead elsewhere
 */
export function checkSegments(ids: Readonly<Record<string, string | null | undefined>>): void {
  checkAll(
    Object.entries(ids).map(
      ([name, value]) =>
        () =>
          checkSegment(name, value),
    ),
  );
}

function checkSegment(name: string, value: string | null | undefined): void {
  if (value === null || value === undefined || !leadsElsewhere(value)) return;
  const reason = value.trim() === '' ? 'BLANK' : 'MALFORMED';
  throw invalidInput([name], reason, `${name} must not be empty, . or .., nor hold control characters.`);
}

/** Whether the value, as it is or decoded by whoever passes it on, is no name of one thing. */
function leadsElsewhere(value: string): boolean {
  return decodings(value).some(
    (text) =>
      /[\p{Cc}\p{Cs}]/u.test(text) ||
      text.split(/[/\\]/).some((part) => ['', '.', '..'].includes(part.trim())),
  );
}

/** Deeper encodings are of no use to anybody. */
const MAX_DECODINGS = 4;

/** The text, and what becomes of it when it is decoded again and again. */
function decodings(text: string): string[] {
  const found = [text];
  for (let next = decode(text); next !== found.at(-1) && found.length < MAX_DECODINGS; next = decode(next)) {
    found.push(next);
  }
  return found;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%2e/gi, '.').replace(/%2f/gi, '/').replace(/%5c/gi, '\\');
  }
}
