import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { attachmentNamed } from '../../src/subgraph/tickets/content-disposition.js';
import type { TicketContent, TicketHandler, Tickets } from '../../src/subgraph/tickets/tickets.js';
import { checkAll } from '../../src/check-all.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import type { SessionKey } from '../../src/providers/kit/with-session.js';
import type { Access } from '../../src/providers/safebox/access.js';
import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import { checkFile } from '../../src/providers/safebox/file-rules.js';
import type { AnnouncedFile } from '../../src/providers/safebox/file-rules.js';
import type { EnterpriseSettings } from '../../src/providers/safebox/wire/account.js';
import type { SubgraphCall } from '../../src/subgraph/subgraph.js';
import type { Accesses } from './accesses.js';
import type { Drafts } from './drafts.js';
import { whenClosed } from './explain.js';
import { isInvisible } from './refusals.js';
import type { SafeBoxDownloadTicket, SafeBoxUploadTicket } from './ticket.type.js';

/** How long a ticket is good, milliseconds. */
export const TICKET_MS = 15 * 60_000;

const UPLOAD = 'safebox.upload';
const DOWNLOAD = 'safebox.download';
const PDF = 'application/pdf';

const uploadPayload = z.object({ owner: z.string(), session: z.string(), uploadId: z.string() });
const downloadPayload = z.object({
  owner: z.string(),
  session: z.string(),
  boxId: z.string(),
  /** Null for the audit record. */
  documentId: z.string().nullable(),
  /** The acting user, where the credential is nobody's. */
  userEmail: z.string().nullable(),
  fileName: z.string(),
});

export interface FileServiceOptions {
  readonly client: SafeboxClient;
  readonly accesses: Accesses;
  readonly drafts: Drafts;
  readonly tickets: Tickets;
  /** Whose tickets they are; undefined: everybody's. */
  readonly tenant: string | undefined;
}

/** Files of SafeBoxes: tickets for them, and their bytes, which pass through without being held. */
export class FileService {
  readonly #options: FileServiceOptions;

  constructor(options: FileServiceOptions) {
    this.#options = options;
    const upload: TicketHandler = {
      method: 'PUT',
      check: async (content, request) => {
        const { file } = await this.#announced(content);
        checkLength(request, file.sizeBytes);
      },
      handle: (content, request, response) => this.#receive(content, request, response),
    };
    const download: TicketHandler = {
      method: 'GET',
      handle: (content, _request, response) => this.#send(content, response),
    };
    options.tickets.register(UPLOAD, upload, options.tenant);
    options.tickets.register(DOWNLOAD, download, options.tenant);
  }

  /** Refuses at once what the account does not take; the provider is told of the file when its bytes come. */
  async issueUpload(
    call: SubgraphCall,
    boxId: string,
    file: AnnouncedFile,
  ): Promise<{ uploadId: string; ticket: SafeBoxUploadTicket }> {
    const { accesses, drafts, tickets } = this.#options;
    const access = await accesses.of(call);
    const key = accesses.keyOf(call.caller, access);
    const settings = await this.#settings(access);
    checkFile(file, settings);
    await this.#requireTarget(key, access, boxId);
    const uploadId = randomUUID();
    await drafts.putUpload(key, uploadId, { boxId, ...file, documentId: null });
    const payload = JSON.stringify({ ...key, uploadId });
    const ticket = await tickets.issue({ kind: UPLOAD, owner: call.caller, payload }, TICKET_MS);
    return {
      uploadId,
      ticket: {
        url: ticket.url,
        method: 'PUT',
        headers: [{ name: 'content-type', value: file.contentType }],
        maxBytes: file.sizeBytes,
        expiresAt: new Date(ticket.expiresAt).toISOString(),
      },
    };
  }

  /**
   * No call to the provider is made before it is redeemed.
   * @param document null for the audit record
   * @param userEmail the acting user, for the enterprise access token
   */
  async issueDownload(
    call: SubgraphCall,
    boxId: string,
    document: { id: string; name: string; sha: string | null; size: number | null } | null,
    userEmail: string | null = null,
  ): Promise<SafeBoxDownloadTicket> {
    const { accesses, tickets } = this.#options;
    const key = accesses.keyOf(call.caller, await accesses.of(call));
    const fileName = document?.name ?? `${boxId}.pdf`;
    const payload = JSON.stringify({ ...key, boxId, documentId: document?.id ?? null, userEmail, fileName });
    const { url, expiresAt } = await tickets.issue(
      { kind: DOWNLOAD, owner: call.caller, payload },
      TICKET_MS,
    );
    return {
      url,
      expiresAt: new Date(expiresAt).toISOString(),
      contentType: document ? null : PDF,
      fileName,
      sizeBytes: document?.size ?? null,
      sha256: document?.sha ?? null,
    };
  }

  /**
   * Sends one file to a draft or an open SafeBox.
   * @returns the provider's id of the temporary document, which it forgets by itself when it is never used
   */
  async upload(
    key: SessionKey,
    access: Access,
    boxId: string,
    file: AnnouncedFile,
    content: AsyncIterable<Uint8Array>,
  ): Promise<string> {
    const { client, drafts } = this.#options;
    const draft = await drafts.find(key, boxId);
    const url =
      draft?.uploadUrl ??
      (await client.content.newFile(access, boxId, file.sizeBytes, draft?.publicEncryptionKey ?? null));
    return client.files.upload(url, { ...file, content }, access);
  }

  /** Refuses files within a request that the account does not take. @throws ProviderError INVALID_INPUT or TOO_LARGE */
  async check(access: Access, files: readonly AnnouncedFile[]): Promise<void> {
    const settings = await this.#settings(access);
    checkAll(files.map((file, index) => () => checkFile(file, settings, ['files', String(index)])));
  }

  #settings(access: Access): Promise<EnterpriseSettings> {
    return this.#options.client.accounts.enterpriseSettings(access);
  }

  async #requireTarget(key: SessionKey, access: Access, boxId: string): Promise<void> {
    if (await this.#options.drafts.find(key, boxId)) return;
    const unknown = new ProviderError('NOT_FOUND', { path: ['safeBoxId'] });
    const box = await this.#options.client.boxes
      .info(access, boxId, ['securityOptions'])
      .catch((error: unknown) => {
        throw isInvisible(error) ? unknown : error;
      });
    const why = whenClosed(box);
    if (why) throw new ProviderError(why.code, { ...why, path: ['safeBoxId'] });
  }

  /** The file that a ticket is for. @throws ProviderError NOT_FOUND when it is no longer expected */
  async #announced({ payload }: TicketContent) {
    const { uploadId, ...key } = uploadPayload.parse(JSON.parse(payload));
    const file = await this.#options.drafts.findUpload(key, uploadId);
    if (!file) throw new ProviderError('NOT_FOUND');
    return { uploadId, key, file };
  }

  async #receive(content: TicketContent, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { drafts } = this.#options;
    const { uploadId, key, file } = await this.#announced(content);
    try {
      const access = await this.#access(key);
      const documentId = await this.upload(key, access, file.boxId, file, request);
      await drafts.putUpload(key, uploadId, { ...file, documentId });
    } catch (error) {
      await drafts.dropUpload(key, uploadId);
      throw error;
    }
    const body = JSON.stringify({ uploadId, sizeBytes: file.sizeBytes });
    response.writeHead(201, { 'content-type': 'application/json; charset=utf-8' }).end(body);
  }

  async #send({ payload }: TicketContent, response: ServerResponse): Promise<void> {
    const { boxId, documentId, userEmail, fileName, ...key } = downloadPayload.parse(JSON.parse(payload));
    const { boxes, files } = this.#options.client;
    const access = await this.#access(key);
    const url =
      documentId === null
        ? await boxes.auditRecordUrl(access, boxId)
        : await boxes.fileUrl(access, boxId, documentId, userEmail);
    const { headers, body } = await files.download(url);
    const { 'content-type': type, 'content-length': length } = headers;
    response.writeHead(200, {
      'content-type': typeof type === 'string' ? type : 'application/octet-stream',
      ...(typeof length === 'string' && { 'content-length': length }),
      'content-disposition': attachmentNamed(fileName),
      // Whatever somebody put into a SafeBox must not run as a page of this server.
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    await pipeline(body, response);
  }

  async #access(key: SessionKey): Promise<Access> {
    const access = await this.#options.accesses.resolve(key);
    if (!access) throw new ProviderError('CREDENTIAL_EXPIRED', { provider: 'safebox' });
    return access;
  }
}

/** Bodies sent in chunks of unknown total length are counted while they pass. */
function checkLength({ headers }: IncomingMessage, sizeBytes: number): void {
  const length = headers['content-length'];
  if (length === undefined || Number(length) === sizeBytes) return;
  if (Number(length) > sizeBytes) throw new ProviderError('TOO_LARGE');
  throw invalidInput([], 'MALFORMED', 'The body must have exactly the bytes that were announced.');
}
