import { randomUUID } from 'node:crypto';

/** The request id a client sent when it is well-formed (8 to 64 letters, digits, `.`, `_`, `-`), else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w.-]{8,64}$/.test(header) ? header : randomUUID();
}
