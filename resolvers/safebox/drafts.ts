import { z } from 'zod';
import type { Clock } from '../../src/clock.js';
import { checkAllSoon } from '../../src/check-all.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import type { SessionKey } from '../../src/providers/kit/with-session.js';
import type { NewBox } from '../../src/providers/safebox/wire/box.js';
import type { RecordStore } from '../../src/store/record-store.js';
import { SealedRecords } from '../../src/vault/sealed-records.js';
import type { Vault } from '../../src/vault/vault.js';

/** How long what was begun is remembered, milliseconds: a day, as the provider does not say how long it remembers. */
export const DRAFT_MS = 24 * 3_600_000;

const draft = z.object({
  /** `Access.id` it was made with. */
  session: z.string(),
  userEmail: z.string().nullable(),
  publicEncryptionKey: z.string().nullable(),
  uploadUrl: z.string().nullable(),
});
/** A SafeBox that is reserved and not yet committed. */
export type Draft = z.infer<typeof draft>;

const upload = z.object({
  session: z.string(),
  /** The draft, or the open SafeBox, it goes into. */
  boxId: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  sizeBytes: z.number(),
  /** The provider's id, once the bytes are there. */
  documentId: z.string().nullable(),
});
/** A file on its way into a SafeBox. */
export type Upload = z.infer<typeof upload>;

/** What is begun and not finished: drafts and uploads, sealed under their owner. */
export class Drafts {
  readonly #drafts: SealedRecords<typeof draft>;
  readonly #uploads: SealedRecords<typeof upload>;
  readonly #clock: Clock;

  constructor({ records, vault, clock }: { records: RecordStore; vault: Vault; clock: Clock }) {
    this.#drafts = new SealedRecords({ records, vault, collection: 'safebox.draft', schema: draft });
    this.#uploads = new SealedRecords({ records, vault, collection: 'safebox.upload', schema: upload });
    this.#clock = clock;
  }

  async keep({ owner, session }: SessionKey, box: NewBox, userEmail: string | null): Promise<Draft> {
    const { publicEncryptionKey, uploadUrl } = box;
    const kept = { session, userEmail, publicEncryptionKey, uploadUrl };
    await this.#drafts.put(owner, box.guid, kept, this.#times());
    return kept;
  }

  /** Undefined when it is unknown, or was made with another credential. */
  async find({ owner, session }: SessionKey, id: string): Promise<Draft | undefined> {
    const found = await this.#drafts.get(owner, id);
    return found?.session === session ? found : undefined;
  }

  /**
   * Forgets what has become part of a SafeBox: the draft, and the files that were sent to it. As far as the store lets
   * it: what stays vanishes by itself, and that is no reason to doubt what has happened.
   */
  async settle({ owner }: SessionKey, boxId: string, uploads: readonly string[]): Promise<void> {
    await Promise.allSettled([
      this.#drafts.delete(owner, boxId),
      ...uploads.map((id) => this.#uploads.delete(owner, id)),
    ]);
  }

  async putUpload({ owner, session }: SessionKey, id: string, file: Omit<Upload, 'session'>): Promise<void> {
    await this.#uploads.put(owner, id, { ...file, session }, this.#times());
  }

  /** Undefined when it is unknown, or was begun with another credential. */
  async findUpload({ owner, session }: SessionKey, id: string): Promise<Upload | undefined> {
    const found = await this.#uploads.get(owner, id);
    return found?.session === session ? found : undefined;
  }

  async dropUpload({ owner }: SessionKey, id: string): Promise<void> {
    await this.#uploads.delete(owner, id);
  }

  /**
   * Uploads that have arrived, in order.
   * @param boxId where they were sent to; default: anywhere
   * @throws ProviderError NOT_FOUND, or INVALID_INPUT for one whose bytes are not there yet, or somewhere else
   */
  requireUploads(
    key: SessionKey,
    ids: readonly string[],
    boxId?: string,
  ): Promise<readonly (Upload & { readonly documentId: string })[]> {
    return checkAllSoon(
      ids.map((id, index) => async () => {
        const path = ['uploads', String(index)];
        const found = await this.findUpload(key, id);
        if (!found) throw new ProviderError('NOT_FOUND', { path });
        const { documentId } = found;
        if (documentId === null)
          throw invalidInput(path, 'NOT_READY', 'uploads must name files that were sent.');
        if (boxId !== undefined && found.boxId !== boxId)
          throw invalidInput(path, 'NOT_ALLOWED', 'uploads must name files that were sent to this SafeBox.');
        return { ...found, documentId };
      }),
    );
  }

  #times(): { createdAt: number; expiresAt: number } {
    const createdAt = this.#clock.now();
    return { createdAt, expiresAt: createdAt + DRAFT_MS };
  }
}
