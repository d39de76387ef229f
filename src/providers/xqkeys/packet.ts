import { nameKey } from '../../same-name.js';

/** What a key protects, by its name in the graph: the number or text on the wire (dossier 3.13). */
export const PACKET_TYPES = {
  UNKNOWN: 0,
  FILE: 1,
  EMAIL: 2,
  CHAT: 3,
  FORM: 4,
  DATABASE: 5,
  MESSAGE: 'msg',
} as const;
export type PacketType = keyof typeof PACKET_TYPES;

/** Units of a lifetime, milliseconds each. */
export const LIFETIME_UNITS = {
  SECONDS: 1_000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
} as const;
export type LifetimeUnit = keyof typeof LIFETIME_UNITS;

/** How long a key can be fetched. */
export interface Lifetime {
  /** A whole number of units. */
  readonly amount: number;
  readonly unit: LifetimeUnit;
}

export function lifetimeMs({ amount, unit }: Lifetime): number {
  return amount * LIFETIME_UNITS[unit];
}

/** Who may read a key, until when, and what is told about it; one policy for all keys of a call. */
export interface Policy {
  /** Addresses as of `recipientKind()`. */
  readonly recipients: readonly string[];
  readonly lifetime: Lifetime;
  readonly type: PacketType;
  readonly subject: string | null;
  /** The key vanishes after the first read by somebody else. */
  readonly deleteOnReceipt: boolean;
}

/** A policy, and labels; null for none. */
export type LabelledPolicy = Policy & { readonly labels: readonly string[] | null };

export const LIMITS = {
  recipients: 500,
  labels: 50,
  keys: 500,
  keyCharacters: 16_384,
  subjectCharacters: 1_000,
  labelCharacters: 200,
  addressCharacters: 320,
  /** With `@alias.local` it is an address. */
  aliasCharacters: 320 - '@alias.local'.length,
  /** Milliseconds: a hundred years; nothing is published, and dates must remain dates. */
  lifetimeMs: 100 * 365 * 86_400_000,
  deviceCharacters: 48,
  /** Bytes of a text that is sealed or opened here. */
  textBytes: 256 * 1024,
  /** Bits; the largest request that is known to be answered (dossier 2.3). */
  entropyBits: 8_192,
} as const;

/** What a recipient's address stands for (dossier 3.14). */
export const RECIPIENT_KINDS = {
  PERSON: 'Somebody who proves an e-mail address or phone number.',
  ALIAS: 'An alias identity, `<name>@alias.local`, which nobody has to prove.',
  GROUP: 'The members of a user group when the key was stored, `<id>@group.local`.',
  TEAM: "Everybody in the creator's team, `team@group.local`.",
  PUBLIC: 'Every holder of a valid token, `xq.public`.',
} as const;
export type RecipientKind = keyof typeof RECIPIENT_KINDS;

export function recipientKind(address: string): RecipientKind {
  if (address === 'xq.public') return 'PUBLIC';
  if (address === 'team@group.local') return 'TEAM';
  if (/^\d+@(group\.local|_)$/.test(address)) return 'GROUP';
  return address.endsWith('@alias.local') ? 'ALIAS' : 'PERSON';
}

/** One spelling per address: comparison ignores case and blanks (assumed by the dossier). */
export function normalizeAddress(address: string): string {
  return nameKey(address.trim());
}
