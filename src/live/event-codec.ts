import { z } from 'zod';
import { canonicalJson } from './canonical-json.js';
import type { Json, Known, WatchEvent, WatchSpec } from './ports.js';

// Only ever applied to what JSON.parse made: nothing is left to check.
const json = z.custom<Json>();

const eventSchema = z.object({
  observedAt: z.number(),
  source: z.enum(['COMMAND', 'POLL', 'DEADLINE']),
  terminal: z.boolean(),
  endReason: z.enum(['FINISHED', 'DEADLINE', 'CREDENTIAL_EXPIRED', 'NOT_FOUND']).exactOptional(),
  changes: z.array(json),
  state: json,
  trace: z.string().exactOptional(),
});

const knownSchema = eventSchema.omit({ changes: true });

const specSchema = z.object({
  id: z.string(),
  kind: z.string(),
  provider: z.string(),
  owner: z.object({ tenant: z.string(), subject: z.string() }),
  key: json,
  account: z.string().exactOptional(),
  createdAt: z.number(),
  deadlineAt: z.number().exactOptional(),
  onlyWhileSubscribed: z.boolean().exactOptional(),
  trace: z.string().exactOptional(),
});

/** The text of an event in a log. The sequence is not part of it: the store gives it in the same step as it writes. */
export function encodeEvent(event: Omit<WatchEvent, 'sequence'>): string {
  return JSON.stringify(eventSchema.parse(event));
}

/** The event behind the text that `encodeEvent` made. */
export function decodeEvent(sequence: number, text: string): WatchEvent {
  return { sequence, ...eventSchema.parse(JSON.parse(text)) };
}

/** The same without what the event has changed. */
export function decodeKnown(sequence: number, text: string): Known {
  return { sequence, ...knownSchema.parse(JSON.parse(text)) };
}

export function encodeSpec(spec: WatchSpec): string {
  return JSON.stringify(specSchema.parse(spec));
}

/** The watch behind the text that `encodeSpec` made. */
export function decodeSpec(text: string): WatchSpec {
  return specSchema.parse(JSON.parse(text));
}

/** Equal for two events exactly when the later one tells nothing new: same state, and not the end of what was open. */
export function eventFingerprint(event: Pick<WatchEvent, 'state' | 'terminal'>): string {
  return canonicalJson([event.terminal, event.state]);
}
