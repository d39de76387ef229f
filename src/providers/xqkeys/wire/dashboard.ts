import { z } from 'zod';
import { paged, readable } from '../../kit/odd-parts.js';

const time = z.union([z.number(), z.string()]).transform((value) => {
  const at = typeof value === 'number' ? value : Date.parse(value);
  return Number.isFinite(at) ? at : null;
});

const meta = z.unknown().transform((value): unknown => {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
});

/** One communication (dossier 3.23); only its locator and status are sure to be there. */
export const communication = z.object({
  token: z.string().min(1),
  status: z.number().int(),
  user: z.string().nullish(),
  type: z.union([z.number(), z.string()]).nullish(),
  meta: meta.optional(),
  updated: time.nullish(),
  created: time.nullish(),
  expires: time.nullish(),
  threat: z.number().int().nullish(),
  labels: readable(z.string()).nullish(),
  recipients: readable(z.string()).nullish(),
});
export type Communication = z.infer<typeof communication>;

export const communications = z.object({ communications: paged(communication) });

/** One line of the audit trail (dossier 3.24): nobody publishes its shape, so all but its action may be missing. */
export const eventLogItem = z.looseObject({
  action: z.string(),
  id: z.union([z.number(), z.string()]).nullish(),
  timestamp: time.nullish(),
  user: z.string().nullish(),
  token: z.string().nullish(),
  data: z.unknown().optional(),
  threat: z.number().int().nullish(),
  ip: z.string().nullish(),
});
export type EventLogItem = z.infer<typeof eventLogItem>;

export const eventLog = z.object({ log: paged(eventLogItem) });

const eventType = z.object({
  action: z.string(),
  title: z.string().nullish(),
  id: z.union([z.string(), z.number()]).nullish(),
});
export type EventType = z.infer<typeof eventType>;

export const eventTypes = z.object({ eventTypes: readable(eventType) });
