import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Owner } from '../../src/owner.js';
import { CRYPTO_TYPES } from '../../src/providers/guardcrypto/access.js';
import type { Access, CryptoType } from '../../src/providers/guardcrypto/access.js';
import type { GuardClient } from '../../src/providers/guardcrypto/client.js';
import { ProviderError } from '../../src/provider-error.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { TicketHandler, Tickets } from '../../src/subgraph/tickets/tickets.js';
import type { LiveService } from './live.service.js';
import type { GuardLocalUploadTicket } from './local-ticket.type.js';
import { MAX_UPLOAD_BYTES, readContent } from './local-uploads.js';
import { requireOutgoingMail } from './require-mail.js';
import type { Sessions } from './sessions.js';

const KIND = 'guardcrypto.mail';
const TICKET_MS = 15 * 60_000;

const user = z.object({ userId: z.number(), contextId: z.number() });
const mailOrder = z.discriminatedUnion('work', [
  z.object({ work: z.literal('ENCRYPT_FOR_SELF'), user }),
  z.object({
    work: z.literal('PROTECT'),
    user,
    type: z.enum(CRYPTO_TYPES),
    recipients: z.array(z.string()),
    encrypt: z.boolean(),
    sign: z.boolean(),
    inline: z.boolean(),
    isGuest: z.boolean(),
    senderEmail: z.string(),
    senderName: z.string().nullable(),
    language: z.string().nullable(),
  }),
]);

/** What is to be done with a mail; its rules are checked already. */
export type MailOrder = z.infer<typeof mailOrder>;

export interface MailServiceOptions {
  readonly client: GuardClient;
  readonly sessions: Sessions;
  readonly live: LiveService;
  readonly tickets: Tickets;
  /** Whose tickets they are; undefined: everybody's. */
  readonly tenant: string | undefined;
}

/** Has the provider encrypt and sign mails: those in a request, and larger ones that are sent with a ticket. */
export class MailService {
  readonly #options: MailServiceOptions;

  constructor(options: MailServiceOptions) {
    this.#options = options;
    const handler: TicketHandler = {
      method: 'PUT',
      handle: async ({ owner, payload }, request, response) => {
        const order = mailOrder.parse(JSON.parse(payload));
        const call = { caller: { ...owner, scopes: new Set<string>() }, requestId: randomUUID() };
        const content = requireOutgoingMail('mail', await readContent(request));
        const mail = await this.process(call, order, content);
        await this.tell(owner, order);
        response
          .writeHead(200, { 'content-type': 'message/rfc822', 'content-length': mail.byteLength })
          .end(mail);
      },
    };
    options.tickets.register(KIND, handler, options.tenant);
  }

  async process(call: SubgraphCall, order: MailOrder, mail: Uint8Array): Promise<Buffer> {
    const { client, sessions } = this.#options;
    const { requestId } = call;
    if (order.work === 'ENCRYPT_FOR_SELF')
      return client.mails.encryptForSelf(order.user, mail, { requestId });
    const { work: _work, user: onBehalfOf, sign, ...protection } = order;
    if (!sign)
      return client.mails.protect(onBehalfOf, mail, { ...protection, guardAuth: null }, { requestId });
    const guardAuth = await this.#attachedToken(await sessions.access(call), order.type);
    return client.mails.protect(onBehalfOf, mail, { ...protection, guardAuth }, { requestId });
  }

  /** Tells those who follow the token that a signature has used: one for a single use is gone now. */
  async tell(owner: Owner, order: MailOrder): Promise<void> {
    const { sessions, live } = this.#options;
    if (order.work === 'ENCRYPT_FOR_SELF' || !order.sign) return;
    const session = await sessions.find(owner);
    if (session) await live.tell(owner, session, order.type);
  }

  /** The mail is sent with the ticket, and the answer is what became of it. */
  async issue(owner: Owner, order: MailOrder): Promise<GuardLocalUploadTicket> {
    const payload = JSON.stringify(order);
    const { url, expiresAt } = await this.#options.tickets.issue({ kind: KIND, owner, payload }, TICKET_MS);
    return { url, method: 'PUT', maxBytes: MAX_UPLOAD_BYTES, expiresAt: new Date(expiresAt) };
  }

  async #attachedToken(access: Access, type: CryptoType): Promise<string> {
    const token = await this.#options.client.tokens.attached(access, type);
    if (token) return token.auth;
    throw new ProviderError('SIGN_IN_REQUIRED', {
      path: ['sign'],
      message: 'The key must be open: attach a token with createGuardToken first.',
    });
  }
}
