import type { Caller } from '../../src/auth/caller.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import type { Access } from '../../src/providers/safebox/access.js';
import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import type { ChosenOptions, Reply } from '../../src/providers/safebox/content.js';
import { checkExpiration } from '../../src/providers/safebox/expiration-rules.js';
import { checkFile } from '../../src/providers/safebox/file-rules.js';
import type { ParticipantChange } from '../../src/providers/safebox/people.js';
import type { AccessKey } from '../../src/providers/safebox/access.js';
import type { CommittedBox } from '../../src/providers/safebox/wire/box.js';
import type { AccessService } from './access.service.js';
import type { Draft, Drafts } from './drafts.js';
import type { FileService } from './file.service.js';

/** A small file within a request. */
export interface InlineFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly contentBase64: string;
}

/** Largest file within a request, bytes; larger ones go by ticket. */
export const MAX_INLINE_BYTES = 1024 * 1024;

/** The files of a SafeBox or a reply: sent before by ticket, or small and within the request. */
export interface GivenFiles {
  readonly uploads: readonly string[];
  readonly files: readonly InlineFile[];
}

/** A SafeBox to be opened, without its id. */
export interface GivenBox extends GivenFiles {
  readonly subject: string | null;
  readonly message: string | null;
  readonly recipients: readonly ParticipantChange[];
  readonly securityProfileId: string | null;
  readonly notificationLanguage: string;
  readonly emailNotificationEnabled: boolean | null;
  readonly options: ChosenOptions;
}

export interface ContentServiceOptions {
  readonly client: SafeboxClient;
  readonly accesses: AccessService;
  readonly drafts: Drafts;
  readonly files: FileService;
}

/** Opening SafeBoxes and replying. */
export class ContentService {
  readonly #options: ContentServiceOptions;

  constructor(options: ContentServiceOptions) {
    this.#options = options;
  }

  /** Reserves an id; it vanishes by itself when it is never committed. */
  async initialize(caller: Caller, userEmail: string | null): Promise<Draft & { readonly id: string }> {
    const { client, accesses, drafts } = this.#options;
    const access = await accesses.of(caller);
    const box = await harmless(() => client.content.initialize(access, userEmail));
    return { id: box.guid, ...(await drafts.keep(accesses.keyOf(caller, access), box, userEmail)) };
  }

  /** Opens a reserved SafeBox. */
  async commit(caller: Caller, draftId: string, given: GivenBox): Promise<CommittedBox> {
    const { accesses, drafts } = this.#options;
    checkGiven(given);
    const access = await accesses.of(caller);
    const key = accesses.keyOf(caller, access);
    return this.#commit(key, access, draftId, await drafts.require(key, draftId), given);
  }

  /** Reserves, uploads and opens as one; when it fails, what was begun here is forgotten. */
  async submit(caller: Caller, userEmail: string | null, given: GivenBox): Promise<CommittedBox> {
    const { accesses, drafts } = this.#options;
    checkGiven(given);
    const access = await accesses.of(caller);
    const key = accesses.keyOf(caller, access);
    const [first] = await drafts.requireUploads(key, given.uploads);
    // Files sent before belong to the draft they were sent to.
    if (first) return this.#commit(key, access, first.boxId, await drafts.require(key, first.boxId), given);
    const draft = await this.initialize(caller, userEmail);
    try {
      return await this.#commit(key, access, draft.id, draft, given);
    } finally {
      await drafts.drop(key, draft.id);
    }
  }

  /** Writes into an open SafeBox. */
  async reply(
    caller: Caller,
    access: Access,
    boxId: string,
    { message, consent, ...given }: Omit<Reply, 'documentIds'> & GivenFiles,
  ): Promise<void> {
    const { client, accesses, drafts } = this.#options;
    if (isBlank(message) && hasNoFiles(given)) {
      throw invalidInput(['message'], 'message must not be empty when there is no file.');
    }
    const key = accesses.keyOf(caller, access);
    const documentIds = await this.#documents(key, access, boxId, given);
    await client.content.reply(access, boxId, { message, consent, documentIds });
    await Promise.all(given.uploads.map((id) => drafts.dropUpload(key, id)));
  }

  async #commit(
    key: AccessKey,
    access: Access,
    draftId: string,
    { userEmail, publicEncryptionKey }: Draft,
    { uploads, files, securityProfileId, ...given }: GivenBox,
  ): Promise<CommittedBox> {
    const { client, drafts } = this.#options;
    const profileId = securityProfileId ?? (await this.#defaultProfileId(access, userEmail));
    const documentIds = await this.#documents(key, access, draftId, { uploads, files });
    const committed = await client.content.commit(access, {
      ...given,
      guid: draftId,
      userEmail,
      publicEncryptionKey,
      securityProfileId: profileId,
      documentIds,
    });
    await Promise.all([drafts.drop(key, draftId), ...uploads.map((id) => drafts.dropUpload(key, id))]);
    return committed;
  }

  async #defaultProfileId(access: Access, userEmail: string | null): Promise<string> {
    const profile = await this.#options.client.accounts.defaultSecurityProfile(access, userEmail);
    if (!profile)
      throw invalidInput(['securityProfileId'], 'securityProfileId is needed: this user has no default.');
    return profile.id;
  }

  async #documents(
    key: AccessKey,
    access: Access,
    boxId: string,
    { uploads, files }: GivenFiles,
  ): Promise<string[]> {
    const { client, drafts } = this.#options;
    const sent = await drafts.requireUploads(key, uploads);
    const foreign = sent.findIndex((upload) => upload.boxId !== boxId);
    if (foreign >= 0) {
      throw invalidInput(
        ['uploads', String(foreign)],
        'uploads must name files that were sent to this SafeBox.',
      );
    }
    const decoded = files.map(decode);
    if (decoded.length > 0) {
      const settings = await client.accounts.enterpriseSettings(access);
      for (const file of decoded) checkFile(file, settings);
    }
    const documentIds = sent.map(({ documentId }) => documentId);
    for (const file of decoded) {
      const content = async function* (): AsyncGenerator<Uint8Array> {
        yield file.bytes;
      };
      documentIds.push(await harmless(() => this.#options.files.upload(key, access, boxId, file, content())));
    }
    return documentIds;
  }
}

function checkGiven(given: GivenBox): void {
  if (given.recipients.length === 0)
    throw invalidInput(['recipients'], 'recipients must name at least one person.');
  if (isBlank(given.message) && hasNoFiles(given)) {
    throw invalidInput(['message'], 'message must not be empty when there is no file.');
  }
  checkExpiration(given.options);
  given.files.forEach(decode);
}

function hasNoFiles({ uploads, files }: GivenFiles): boolean {
  return uploads.length === 0 && files.length === 0;
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}

function decode({ fileName, contentType, contentBase64 }: InlineFile, index: number) {
  const path = ['files', String(index), 'contentBase64'];
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(contentBase64))
    throw invalidInput(path, 'contentBase64 must be Base64.');
  const bytes = Buffer.from(contentBase64, 'base64');
  if (bytes.length > MAX_INLINE_BYTES) {
    throw new ProviderError('TOO_LARGE', {
      path,
      message: `contentBase64 must hold at most ${MAX_INLINE_BYTES} bytes; send larger files by ticket.`,
    });
  }
  return { fileName, contentType, sizeBytes: bytes.length, bytes };
}

/** A step whose lost answer does no harm: what it made vanishes by itself, so the whole can be tried again. */
async function harmless<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'OUTCOME_UNKNOWN') throw error;
    throw new ProviderError('PROVIDER_UNAVAILABLE', { provider: 'safebox', cause: error });
  }
}
