import type { Access } from './access.js';
import type { Api } from './api.js';
import { keyFile } from './keys.js';
import { SLOW_MS } from './operations.js';
import { autocryptResult, externalRingList, recipientKey } from './wire/keys.js';
import type { AutocryptResult, ExternalRing, RecipientKey } from './wire/keys.js';

/** How the server came to a key: by an upload, or from headers of mails. */
export type ExternalSource = 'uploaded' | 'autocrypt';

/** Whose key is looked for. */
export type RecipientQuery =
  { readonly email: string; readonly keyId?: never } | { readonly keyId: string; readonly email?: never };

export interface AutocryptImport {
  /** The value of the header. */
  readonly header: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
  /** Whether it is stored. */
  readonly add: boolean;
  /** Whether the user vouches for it; it is then stored in any case. */
  readonly confirmed: boolean;
}

/** Public keys of other people (dossier 2.3). */
export interface ExternalKeyCalls {
  ofContact(access: Access, folder: string, contact: string): Promise<readonly ExternalRing[]>;
  list(access: Access, source: ExternalSource): Promise<readonly ExternalRing[]>;
  upload(access: Access, armored: string): Promise<readonly ExternalRing[]>;
  setInline(access: Access, ids: string, isInline: boolean): Promise<void>;
  delete(access: Access, ids: string, source: ExternalSource): Promise<void>;
  /** Looks alone; null when nothing is known. */
  find(access: Access, query: RecipientQuery): Promise<RecipientKey | null>;
  /** Makes a key, and an account for a guest, where there is none. */
  findOrCreate(access: Access, email: string): Promise<RecipientKey | null>;
  importAutocrypt(access: Access, values: AutocryptImport): Promise<AutocryptResult>;
  setAutocryptVerified(access: Access, fingerprint: string, isVerified: boolean): Promise<AutocryptResult>;
}

export function externalKeyCalls(api: Api): ExternalKeyCalls {
  // Uploaded ones are what the server means when nothing is said.
  const keyType = (source: ExternalSource) => (source === 'autocrypt' ? source : null);
  return {
    async ofContact(access, contactFolder, contactID) {
      const answer = await api.call('getContactKeys', access, { contactFolder, contactID });
      return answer.data(externalRingList).externalPublicKeyRings;
    },
    async list(access, source) {
      const answer = await api.call('getExternalPublicKeys', access, { keyType: keyType(source) });
      return answer.data(externalRingList).externalPublicKeyRings;
    },
    async upload(access, armored) {
      const answer = await api.call('uploadExternalPublicKey', access, { key: keyFile(armored) });
      return answer.data(externalRingList).externalPublicKeyRings;
    },
    async setInline(access, keyids, inline) {
      (await api.call('inlineExternalPublicKey', access, { keyids, inline })).done();
    },
    async delete(access, keyids, source) {
      (await api.call('deleteExternalPublicKey', access, { keyids, keyType: keyType(source) })).done();
    },
    async find(access, { email, keyId: keyid }) {
      return (await api.call('getRecipientKey', access, { email, keyid, create: false })).data(recipientKey);
    },
    async findOrCreate(access, email) {
      const options = { kind: 'write', timeoutMs: SLOW_MS } as const;
      return (await api.call('getRecipientKey', access, { email, create: true }, options)).data(recipientKey);
    },
    async importAutocrypt(access, { header, sentAt, add, confirmed }) {
      const values = { add, confirmed, header, sent_date: String(sentAt) };
      return (await api.call('importAutocryptHeader', access, values)).data(autocryptResult);
    },
    async setAutocryptVerified(access, keyids, verified) {
      return (await api.call('verifyAutocryptKey', access, { keyids, verified })).data(autocryptResult);
    },
  };
}
