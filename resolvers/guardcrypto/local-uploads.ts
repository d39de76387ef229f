import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { checkAll } from '../../src/check-all.js';
import { ownerKey, type Owner } from '../../src/owner.js';
import { ProviderError } from '../../src/provider-error.js';
import { checkMaterial } from '../../src/providers/guardcrypto/local/check-input.js';
import type {
  LocalCallOptions,
  LocalCrypto,
  TextOrBytes,
} from '../../src/providers/guardcrypto/local/index.js';
import type { TicketHandler, Tickets } from '../../src/subgraph/tickets/tickets.js';
import { MAX_INLINE_BYTES } from './local-limits.js';
import { material, materials } from './local-material.js';
import { GuardPgpReport, GuardSmimeReport } from './local-report.type.js';
import type { GuardLocalUploadTicket } from './local-ticket.type.js';

const ENCRYPTION = 'guardcrypto.localEncryption';
const VERIFICATION = 'guardcrypto.localVerification';
const TICKET_MS = 15 * 60_000;
const NO_TICKETS =
  'Content can only be given within the request here: this server keeps nothing, so no tickets either.';
/** Largest content sent with a ticket, bytes. */
export const MAX_UPLOAD_BYTES = 32 * 1024 * 1024;

const list = z.array(z.string());
const encryption = z.discriminatedUnion('method', [
  z.object({ method: z.literal('PGP'), keys: list, form: z.enum(['ARMORED', 'BINARY', 'MAIL']) }),
  z.object({
    method: z.literal('SMIME'),
    certificates: list,
    form: z.enum(['PEM', 'DER', 'MAIL']),
    cipher: z.enum(['AES_256_CBC', 'AES_256_GCM']),
    keyTransport: z.enum(['PKCS1_V1_5', 'OAEP']),
  }),
]);
const signature = z.string().nullish();
const verification = z.discriminatedUnion('method', [
  z.object({ method: z.literal('PGP'), keys: list, signature }),
  z.object({ method: z.literal('SMIME'), trusted: list, signature }),
]);

/** How content shall be encrypted; public material alone. */
export type LocalEncryption = z.infer<typeof encryption>;

/** What the signatures of a message are checked with; public material alone. */
export type LocalVerification = z.infer<typeof verification>;

export interface LocalUploadsOptions {
  readonly crypto: LocalCrypto;
  /** Undefined in a process that stores nothing: then content goes with the request alone. */
  readonly tickets?: Tickets | undefined;
}

/** Content too large for a request: it is sent with a ticket, and the answer is what was asked for. Nothing is kept. */
export class LocalUploads {
  readonly #crypto: LocalCrypto;
  readonly #tickets: Tickets | undefined;

  constructor({ crypto, tickets }: LocalUploadsOptions) {
    this.#crypto = crypto;
    this.#tickets = tickets;
    this.#register(ENCRYPTION, async (owner, content, payload, response) => {
      const order = encryption.parse(payload);
      const encrypted = await this.encrypt(owner, content, order);
      answer(response, order.form === 'MAIL' ? 'message/rfc822' : 'application/octet-stream', encrypted);
    });
    this.#register(VERIFICATION, async (owner, content, payload, response) => {
      const report = await this.#verify(owner, content, verification.parse(payload));
      const body = JSON.stringify({ ...report, content: { sizeBytes: report.content.sizeBytes } });
      answer(response, 'application/json; charset=utf-8', Buffer.from(body));
    });
  }

  /** Refuses at once keys and certificates that nothing can be encrypted to. */
  async issueEncryption(owner: Owner, order: LocalEncryption): Promise<GuardLocalUploadTicket> {
    await this.encrypt(owner, '?', asBytes(order));
    return this.#issue(ENCRYPTION, owner, order);
  }

  /** Refuses at once keys, certificates and signatures that are written wrongly. */
  issueVerification(owner: Owner, order: LocalVerification): Promise<GuardLocalUploadTicket> {
    checkVerification(order);
    return this.#issue(VERIFICATION, owner, order);
  }

  async encrypt(owner: Owner, content: TextOrBytes, order: LocalEncryption): Promise<Uint8Array> {
    if (order.method === 'PGP') {
      const { keys, form } = order;
      return this.#crypto.encryptPgp({ content, keys: materials('keys', keys), form }, fairly(owner));
    }
    const { certificates, form, cipher, keyTransport } = order;
    const input = { content, certificates: materials('certificates', certificates) };
    return this.#crypto.encryptSmime({ ...input, form, cipher, keyTransport }, fairly(owner));
  }

  async verifyPgp(
    owner: Owner,
    message: TextOrBytes,
    { keys, signature }: Pick<Extract<LocalVerification, { method: 'PGP' }>, 'keys' | 'signature'>,
    maxContentBytes = MAX_INLINE_BYTES,
  ): Promise<GuardPgpReport> {
    const material = { signature: signatureOf(signature), keys: materials('keys', keys) };
    const input = { message, ...material, maxContentBytes };
    return new GuardPgpReport(await this.#crypto.verifyPgp(input, fairly(owner)));
  }

  async verifySmime(
    owner: Owner,
    message: TextOrBytes,
    { trusted, signature }: Pick<Extract<LocalVerification, { method: 'SMIME' }>, 'trusted' | 'signature'>,
  ): Promise<GuardSmimeReport> {
    const input = { message, signature: signatureOf(signature), trusted: materials('trusted', trusted) };
    return new GuardSmimeReport(await this.#crypto.verifySmime(input, fairly(owner)));
  }

  #verify(
    owner: Owner,
    content: Buffer,
    order: LocalVerification,
  ): Promise<GuardPgpReport | GuardSmimeReport> {
    return order.method === 'PGP'
      ? this.verifyPgp(owner, content, order, MAX_UPLOAD_BYTES)
      : this.verifySmime(owner, content, order);
  }

  #register(
    kind: string,
    work: (owner: Owner, content: Buffer, payload: unknown, response: ServerResponse) => Promise<void>,
  ): void {
    const handle: TicketHandler['handle'] = async ({ owner, payload }, request, response) =>
      work(owner, await readContent(request), JSON.parse(payload), response);
    this.#tickets?.register(kind, { method: 'PUT', handle });
  }

  async #issue(kind: string, owner: Owner, order: object): Promise<GuardLocalUploadTicket> {
    if (!this.#tickets) throw new ProviderError('NOT_CONFIGURED', { message: NO_TICKETS });
    const payload = JSON.stringify(order);
    const { url, expiresAt } = await this.#tickets.issue({ kind, owner, payload }, TICKET_MS);
    return { url, method: 'PUT', maxBytes: MAX_UPLOAD_BYTES, expiresAt: new Date(expiresAt) };
  }
}

/** @throws ProviderError INVALID_INPUT, TOO_LARGE; naming each key or certificate that is written wrongly */
export function checkMaterials(order: LocalEncryption): void {
  if (order.method === 'PGP') checkMaterial('keys', materials('keys', order.keys));
  else checkMaterial('certificates', materials('certificates', order.certificates));
}

/** The same of what signatures are checked with. */
export function checkVerification(order: LocalVerification): void {
  const [field, values] = order.method === 'PGP' ? ['keys', order.keys] : ['trusted', order.trusted];
  checkAll([() => checkMaterial(field, materials(field, values), 0), () => signatureOf(order.signature)]);
}

/** Threads are shared fairly between those who call. */
export function fairly(owner: Owner): LocalCallOptions {
  return { fairnessKey: ownerKey(owner) };
}

// Any content will do for trying it.
function asBytes(order: LocalEncryption): LocalEncryption {
  return order.method === 'PGP' ? { ...order, form: 'BINARY' } : { ...order, form: 'DER' };
}

function signatureOf(value: string | null | undefined): TextOrBytes | undefined {
  return typeof value === 'string' ? material(['signature'], value) : undefined;
}

function answer(response: ServerResponse, type: string, body: Uint8Array): void {
  response.writeHead(200, { 'content-type': type, 'content-length': body.byteLength }).end(body);
}

/** @throws ProviderError TOO_LARGE */
export async function readContent(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('the request was decoded already');
    bytes += chunk.length;
    if (bytes > MAX_UPLOAD_BYTES) throw new ProviderError('TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
