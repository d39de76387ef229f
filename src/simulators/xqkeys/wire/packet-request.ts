import { z } from 'zod';
import { ASSUMED } from '../assumptions.js';
import { malformed } from './refusal.js';
import { textList } from './request-body.js';

const SECOND_MS = 1000;
const UNITS_MS = { seconds: SECOND_MS, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

const DEFAULT_LIFETIME_MS = ASSUMED.lifetimes.keyHours * UNITS_MS.hours;

const TYPES: Readonly<Record<string, number>> = {
  unknown: 0,
  other: 0,
  file: 1,
  email: 2,
  chat: 3,
  form: 4,
  database: ASSUMED.databaseType,
  msg: ASSUMED.messageType,
};

const metaSchema = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((meta) => meta ?? {});

const policyShape = {
  recipients: textList,
  expires: z.int().min(0).nullish(),
  unit: z.string().nullish(),
  type: z.union([z.int().min(0), z.string()]).nullish(),
  meta: metaSchema,
  dor: z.boolean().nullish(),
};

const keyText = z.string().min(1);

/** `packet`: one key. Other members, such as those by which published clients give away too much, are ignored. */
export const packetSchema = z.object({ ...policyShape, key: keyText });

/** `packet/add`: one key, or many under the same policy. */
export const packetOrPacketsSchema = z.union([
  z.object({ ...policyShape, keys: z.array(keyText).min(1) }),
  packetSchema,
]);

/** `packet/batch`: many keys, each under its own policy. */
export const batchSchema = z.object({ entries: z.array(packetSchema).min(1) });

type PolicyRequest = z.output<z.ZodObject<typeof policyShape>>;

/** Who may read a key, how long, and what its creator said of it. */
export interface KeyPolicy {
  readonly recipients: readonly string[];
  readonly lifetimeMs: number;
  readonly type: number;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
  readonly deleteOnRead: boolean;
}

/** @throws Refusal for a unit nobody knows */
export function policyOf({ recipients, expires, unit, type, meta, dor }: PolicyRequest): KeyPolicy {
  return {
    recipients,
    lifetimeMs: typeof expires === 'number' ? expires * unitMs(unit) : DEFAULT_LIFETIME_MS,
    type: typeof type === 'string' ? (TYPES[type.toLowerCase()] ?? 0) : (type ?? 0),
    meta,
    labels: z.array(z.string()).catch([]).parse(meta['labels']),
    deleteOnRead: dor ?? false,
  };
}

function unitMs(unit: string | null | undefined): number {
  const known = Object.entries(UNITS_MS).find(([name]) => name === (unit ?? 'hours').toLowerCase());
  if (known === undefined) throw malformed('unit is not valid');
  return known[1];
}
