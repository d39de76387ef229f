import { invalidInput } from '../../src/provider-error.js';
import type { SessionKey } from '../../src/providers/kit/with-session.js';
import type { Access } from '../../src/providers/safebox/access.js';
import type { SafeboxClient } from '../../src/providers/safebox/client.js';
import type { CommittedBox } from '../../src/providers/safebox/wire/box.js';
import type { Draft, Drafts } from './drafts.js';
import type { FileService } from './file.service.js';
import type { GivenBox, GivenFiles, GivenReply } from './given-content.js';
import { beforehand, naming } from './refusals.js';

/** A SafeBox that is reserved. */
export interface ReservedBox extends Draft {
  readonly id: string;
}

export interface ContentServiceOptions {
  readonly client: SafeboxClient;
  readonly drafts: Drafts;
  readonly files: FileService;
}

/** Reserving and opening SafeBoxes, and replying. */
export class ContentService {
  readonly #options: ContentServiceOptions;

  constructor(options: ContentServiceOptions) {
    this.#options = options;
  }

  /** Reserves an id; it vanishes by itself when it is never committed. */
  async reserve(key: SessionKey, access: Access, userEmail: string | null): Promise<ReservedBox> {
    const { client, drafts } = this.#options;
    const box = await client.content.initialize(access, userEmail);
    return { id: box.guid, ...(await drafts.keep(key, box, userEmail)) };
  }

  /**
   * Opens a reserved SafeBox. Whatever may have to be found again afterwards is kept before that.
   * @param reserve answers what is to be opened; done before anything counts
   */
  async open(
    key: SessionKey,
    access: Access,
    { uploads, files, securityProfileId, ...given }: GivenBox,
    reserve: () => Promise<ReservedBox>,
  ): Promise<CommittedBox> {
    const { client } = this.#options;
    const draft = await beforehand(async () => {
      const { id: guid, userEmail, publicEncryptionKey } = await reserve();
      return {
        ...given,
        guid,
        userEmail,
        publicEncryptionKey,
        securityProfileId: securityProfileId ?? (await this.#defaultProfileId(access, userEmail)),
        documentIds: await this.#documents(key, access, guid, { uploads, files }),
      };
    });
    return naming(draft.guid, () => client.content.commit(access, draft));
  }

  /** Writes into an open SafeBox. */
  async reply(
    key: SessionKey,
    access: Access,
    boxId: string,
    { uploads, files, ...reply }: GivenReply,
  ): Promise<null> {
    const documentIds = await beforehand(() => this.#documents(key, access, boxId, { uploads, files }));
    await naming(boxId, () => this.#options.client.content.reply(access, boxId, { ...reply, documentIds }));
    return null;
  }

  async #defaultProfileId(access: Access, userEmail: string | null): Promise<string> {
    const profile = await this.#options.client.accounts.defaultSecurityProfile(access, userEmail);
    if (!profile)
      throw invalidInput(
        ['securityProfileId'],
        'MISSING',
        'securityProfileId is needed: this user has no default.',
      );
    return profile.id;
  }

  /** The provider's ids of the files, those within the request sent now. */
  async #documents(
    key: SessionKey,
    access: Access,
    boxId: string,
    { uploads, files }: GivenFiles,
  ): Promise<string[]> {
    const sent = await this.#options.drafts.requireUploads(key, uploads, boxId);
    const documentIds = sent.map(({ documentId }) => documentId);
    if (files.length === 0) return documentIds;
    await this.#options.files.check(access, files);
    for (const file of files) {
      const content = async function* (): AsyncGenerator<Uint8Array> {
        yield file.bytes;
      };
      documentIds.push(await this.#options.files.upload(key, access, boxId, file, content()));
    }
    return documentIds;
  }
}
