import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { Owner } from '../../owner.js';
import type { RecordStore } from '../../store/record-store.js';
import { SealedRecords } from '../../vault/sealed-records.js';
import type { Vault } from '../../vault/vault.js';

// Whoever redeems a ticket shows nothing but its secret, so it is found without its owner, who stands in it, sealed.
const RECORD_OWNER = 'tickets';
const SECRET_BYTES = 32;

/** Path below which tickets are redeemed. */
export const TICKET_PATH = '/files/';

/** Whether a request redeems a ticket. */
export function isTicketRequest({ url }: Pick<IncomingMessage, 'url'>): boolean {
  return url?.startsWith(TICKET_PATH) === true;
}

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
  /** Refuses a request that does not fit, before the ticket is used up. @throws ProviderError */
  check?(content: TicketContent, request: IncomingMessage): Promise<void>;
  handle(content: TicketContent, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Single-use permissions for files, which do not pass through the graph. */
export interface Tickets {
  /**
   * Makes tickets of a kind redeemable in this process; once per kind and tenant.
   * @param tenant whose tickets they are; default: those of everybody who has no handler of their own
   */
  register(kind: string, handler: TicketHandler, tenant?: string): void;
  issue(content: TicketContent, ttlMs: number): Promise<Ticket>;
  /**
   * The ticket behind a secret, if it is good and of a kind with this method; from then on it is used up. A request that
   * the handler refuses leaves it as it was, and so do HEAD, to which one that GET redeems is `good`, and any other method,
   * for which the methods are told that it takes.
   * @throws ProviderError of the handler's check
   */
  take(
    secret: string,
    method: string,
    request?: IncomingMessage,
  ): Promise<
    | { readonly content: TicketContent; readonly handler: TicketHandler }
    | { readonly allow: string }
    | 'unknown'
    | 'good'
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
  /** The tenant whose handler it was made for; left out: everybody's. */
  handledFor: z.string().exactOptional(),
});

export function createTickets({ records, vault, clock, baseUrl = '' }: TicketsOptions): Tickets {
  const handlers = new Map<string, Map<string | undefined, TicketHandler>>();
  const kept = new SealedRecords({ records, vault, collection: 'ticket', schema: stored });
  /** For whom there is a handler: the tenant itself, or everybody. */
  const handledFor = (kind: string, { tenant }: Owner): { handledFor?: string } =>
    handlers.get(kind)?.has(tenant) ? { handledFor: tenant } : {};
  return {
    register(kind, handler, tenant) {
      const known = handlers.get(kind) ?? new Map<string | undefined, TicketHandler>();
      if (known.has(tenant)) throw new Error(`The ticket kind ${kind} is registered twice.`);
      handlers.set(kind, known.set(tenant, handler));
    },

    async issue({ kind, owner, payload }, ttlMs) {
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      const createdAt = clock.now();
      const expiresAt = createdAt + ttlMs;
      const content = {
        ...{ kind, owner: { tenant: owner.tenant, subject: owner.subject }, payload },
        ...handledFor(kind, owner),
      };
      await kept.put(RECORD_OWNER, idOf(secret), content, { createdAt, expiresAt });
      return { url: `${baseUrl}${TICKET_PATH}${secret}`, expiresAt };
    },

    async take(secret, method, request) {
      const id = idOf(secret);
      const content = await kept.get(RECORD_OWNER, id);
      if (content === undefined) return 'unknown';
      const handler = handlers.get(content.kind)?.get(content.handledFor);
      if (!handler || handledFor(content.kind, content.owner).handledFor !== content.handledFor)
        return 'unknown';
      const allowed = handler.method === 'GET' ? ['GET', 'HEAD'] : [handler.method];
      if (!allowed.includes(method)) return { allow: allowed.join(', ') };
      if (request) await handler.check?.(content, request);
      if (method === 'HEAD') return 'good';
      // Of several who come at once, one deletes it.
      const isMine = await kept.delete(RECORD_OWNER, id);
      return isMine ? { content, handler } : 'unknown';
    },
  };
}

/** The store knows the hash of the secret alone. */
function idOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
