import { placeOf } from './operations-file.js';
import type { OperationRow } from './operations.js';

/** A file of a multipart form. */
export interface FilePart {
  readonly bytes: Uint8Array;
  readonly filename: string;
  readonly contentType: string;
}

/** Null and undefined are not sent. */
export type Value = string | number | boolean | null | undefined | FilePart;

/** One call as it goes on the wire. */
export interface EncodedCall {
  /** With query, below the API root. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string | Uint8Array;
}

/**
 * Puts each parameter where the row of its operation says.
 * @param session of the App Suite, for operations of its users
 */
export async function encodeCall(
  { path, action, parameters }: OperationRow,
  values: Readonly<Record<string, Value>>,
  session?: string,
): Promise<EncodedCall> {
  const query = new URLSearchParams({ action });
  if (session !== undefined) query.set('session', session);
  const form = new URLSearchParams();
  const json: Record<string, unknown> = {};
  const parts = new FormData();
  const bodies = new Set<string>();
  for (const [parameter, entry] of Object.entries(parameters)) {
    const { place, name = parameter } = placeOf(entry);
    if (place !== 'query') bodies.add(place);
    const value = values[parameter];
    if (value === null || value === undefined) continue;
    if (place === 'json') json[name] = value;
    else if (typeof value === 'object') parts.append(name, toFile(value), value.filename);
    else if (place === 'part') parts.append(name, String(value));
    else (place === 'query' ? query : form).set(name, String(value));
  }
  const target = `/${path}?${query.toString()}`;
  if (bodies.has('json'))
    return { path: target, contentType: 'application/json', body: JSON.stringify(json) };
  if (bodies.has('form'))
    return { path: target, contentType: 'application/x-www-form-urlencoded', body: form.toString() };
  if (!bodies.has('part')) return { path: target };
  const multipart = new Response(parts);
  const contentType = multipart.headers.get('content-type') ?? 'multipart/form-data';
  return { path: target, contentType, body: new Uint8Array(await multipart.arrayBuffer()) };
}

function toFile({ bytes, contentType }: FilePart): Blob {
  return new Blob([new Uint8Array(bytes)], { type: contentType });
}
