import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { Owner } from '../../owner.js';
import type { RecordStore } from '../../store/record-store.js';
import type { Vault } from '../../vault/vault.js';

const COLLECTION = 'ticket';
// Whoever redeems a ticket shows nothing but its secret, so it is found without its owner, who stands in it, sealed.
const RECORD_OWNER = 'tickets';
const SECRET_BYTES = 32;

/** Path below which tickets are redeemed. */
export const TICKET_PATH = '/files/';

/** A permission to send or fetch one file once. */
export interface Ticket {
  /** Whoever has it may use it. Without `baseUrl`, it is relative to the server that answered. */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What a ticket was made with. */
export interface TicketContent {
  /** What sort of file work, for example `safebox.upload`. */
  readonly kind: string;
  /** In whose name it is done. */
  readonly owner: Owner;
  /** What exactly may be done; kept sealed. */
  readonly payload: string;
}

/** Does what tickets of one kind permit. Failing with a `ProviderError` before the answer began tells the client its code. */
export interface TicketHandler {
  readonly method: 'GET' | 'PUT';
  handle(content: TicketContent, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Single-use permissions for files, which do not pass through the graph. */
export interface Tickets {
  /** Makes tickets of a kind redeemable in this process; once per kind. */
  register(kind: string, handler: TicketHandler): void;
  issue(content: TicketContent, ttlMs: number): Promise<Ticket>;
  /**
   * The ticket behind a secret, if it is good and of a kind with this method; from then on it is used up. `wrongMethod`
   * leaves it as it was.
   */
  take(
    secret: string,
    method: string,
  ): Promise<
    { readonly content: TicketContent; readonly handler: TicketHandler } | 'unknown' | 'wrongMethod'
  >;
}

export interface TicketsOptions {
  readonly records: RecordStore;
  readonly vault: Vault;
  readonly clock: Clock;
  /** Where clients reach this server, without a slash at the end. Default: URLs are relative to it. */
  readonly baseUrl?: string | undefined;
}

const stored = z.object({
  kind: z.string(),
  owner: z.object({ tenant: z.string(), subject: z.string() }),
  payload: z.string(),
});

export function createTickets({ records, vault, clock, baseUrl = '' }: TicketsOptions): Tickets {
  const handlers = new Map<string, TicketHandler>();
  return {
    register(kind, handler) {
      if (handlers.has(kind)) throw new Error(`The ticket kind ${kind} is registered twice.`);
      handlers.set(kind, handler);
    },

    async issue({ kind, owner, payload }, ttlMs) {
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      const place = placeOf(secret);
      const createdAt = clock.now();
      const expiresAt = createdAt + ttlMs;
      const content = { kind, owner: { tenant: owner.tenant, subject: owner.subject }, payload };
      await records.put({
        ...place,
        value: vault.seal(JSON.stringify(content), place),
        createdAt,
        expiresAt,
      });
      return { url: `${baseUrl}${TICKET_PATH}${secret}`, expiresAt };
    },

    async take(secret, method) {
      const place = placeOf(secret);
      const record = await records.get(place.collection, place.owner, place.id);
      if (!record) return 'unknown';
      const content = stored.parse(JSON.parse(vault.open(record.value, place)));
      const handler = handlers.get(content.kind);
      if (!handler) return 'unknown';
      if (handler.method !== method) return 'wrongMethod';
      // Of several who come at once, one deletes it.
      const isMine = await records.delete(place.collection, place.owner, place.id);
      return isMine ? { content, handler } : 'unknown';
    },
  };
}

/** The store knows the hash of the secret alone. */
function placeOf(secret: string): { collection: string; owner: string; id: string } {
  const id = createHash('sha256').update(secret).digest('base64url');
  return { collection: COLLECTION, owner: RECORD_OWNER, id };
}
