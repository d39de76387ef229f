import type { StoredDocument } from './box.js';
import type { DocumentStore } from './documents.js';

interface TemporaryDocument {
  readonly guid: string;
  readonly document: StoredDocument;
  readonly expiresAt: number;
}

/** Uploaded files that no message holds yet. They do not outlive the process. */
export class TemporaryDocuments {
  readonly #byId = new Map<string, TemporaryDocument>();

  constructor(private readonly store: DocumentStore) {}

  /** @param guid the SafeBox it was uploaded for; @param expiresAt milliseconds since the epoch. */
  add(guid: string, document: StoredDocument, expiresAt: number): void {
    this.#byId.set(document.id, { guid, document, expiresAt });
  }

  /** The documents of these ids; undefined when one of them was not uploaded for this SafeBox. */
  find(guid: string, ids: readonly string[]): StoredDocument[] | undefined {
    const found = [...new Set(ids)].map((id) => this.#byId.get(id));
    const documents = found.flatMap((entry) => (entry?.guid === guid ? [entry.document] : []));
    return documents.length === found.length ? documents : undefined;
  }

  /** They are some message's from now on. */
  release(documents: readonly StoredDocument[]): void {
    for (const { id } of documents) this.#byId.delete(id);
  }

  /** Removes, bytes and all, what was not used in time. */
  sweep(now: number): void {
    for (const [id, { expiresAt }] of this.#byId) {
      if (expiresAt > now) continue;
      this.#byId.delete(id);
      this.store.remove(id);
    }
  }

  clear(): void {
    this.sweep(Infinity);
  }
}
