import { ASSUMED, type EventName } from '../assumptions.js';
import type { Box } from './box.js';

type Metadata = Box['events'][number]['metadata'];

/** What happened to a SafeBox, when, and the words for its sentence. */
export interface Happening {
  readonly at: number;
  readonly details?: Readonly<Record<string, string | number>>;
  readonly metadata?: Metadata;
}

/** Writes it into the history, oldest first. */
export function record(box: Box, name: EventName, { at, details = {}, metadata = {} }: Happening): void {
  box.events.push({ name, at, metadata, details: { ...details } });
}

/** The same for what a guest does, from the address guests have. */
export function recordGuest(
  box: Box,
  name: EventName,
  at: number,
  details: Readonly<Record<string, string | number>>,
): void {
  record(box, name, {
    at,
    details: { ...details, ip: ASSUMED.guestAddress },
    metadata: 'email' in details ? { email: String(details['email']) } : {},
  });
}
