import type { Access } from './access.js';
import type { Api } from './api.js';
import type { PasswordSealer } from './password-sealer.js';
import { keyRing, keyRingList, signatureList } from './wire/keys.js';
import type { KeyRing, KeySignature } from './wire/keys.js';

/** Which halves of a ring are meant, as on the wire. */
export type KeyParts = 'private' | 'public_private';

/** Why a key is revoked, as on the wire, and what it means. */
export const REVOCATION_REASONS = {
  no_reason: 'No reason is given.',
  key_superseded: 'Another key took its place.',
  key_compromised: 'Somebody else may have it.',
  key_retired: 'It is no longer used.',
  user_no_longer_valid: 'The user id no longer holds.',
} as const;

export type RevocationReason = keyof typeof REVOCATION_REASONS;

/** What a new ring is made with. */
export interface NewKey {
  readonly name: string;
  /** Where a new password is sent to when the old one is lost. */
  readonly resetEmail: string | null;
  readonly password: string;
}

/** A user's own PGP key rings (dossier 2.3). */
export interface KeyCalls {
  rings(access: Access): Promise<readonly KeyRing[]>;
  /** The public half. @param keyId null: the current ring */
  publicRing(access: Access, keyId: string | null): Promise<KeyRing>;
  privateRing(access: Access, keyId: string | null, parts: KeyParts, password: string): Promise<KeyRing>;
  /** Armored. */
  downloadPublic(access: Access, keyId: string | null): Promise<string>;
  downloadPrivate(access: Access, keyId: string | null, parts: KeyParts, password: string): Promise<string>;
  signatures(access: Access, keyId: string, withSubkeys: boolean): Promise<readonly KeySignature[]>;
  create(access: Access, key: NewKey): Promise<KeyRing>;
  upload(
    access: Access,
    armored: string,
    passwords: { readonly key: string | null; readonly stored: string | null },
  ): Promise<readonly KeyRing[]>;
  /** @param password null for a ring without a private half */
  delete(access: Access, keyId: string, password: string | null): Promise<void>;
  /** @param password null: by the token that is attached to the session */
  addUserId(
    access: Access,
    keyId: string,
    name: string,
    email: string,
    password: string | null,
  ): Promise<void>;
  revoke(access: Access, keyId: string, reason: RevocationReason, password: string): Promise<void>;
}

const ARMOR = /^\s*-----BEGIN PGP (PUBLIC|PRIVATE) KEY BLOCK-----/;
const PUBLIC_ARMOR = /^\s*-----BEGIN PGP PUBLIC KEY BLOCK-----/;
const ARMOR_END = /-----END PGP (PUBLIC|PRIVATE) KEY BLOCK-----\s*$/;

export function keyCalls(api: Api, sealer: PasswordSealer): KeyCalls {
  return {
    async rings(access) {
      return (await api.call('getKeys', access, {})).data(keyRingList).keyRings;
    },
    async publicRing(access, keyid) {
      const values = { keyid, keyType: 'public' };
      return (await api.call('getKey', access, values, { kind: 'read' })).data(keyRing);
    },
    async privateRing(access, keyid, keyType, password) {
      return (await sealer.call('getKey', access, { keyid, keyType }, password)).data(keyRing);
    },
    async downloadPublic(access, keyid) {
      const values = { keyid, keyType: 'public' };
      const answer = await api.call('downloadKey', access, values, { kind: 'read' });
      return answer.bytes(PUBLIC_ARMOR, ARMOR_END).toString('utf8');
    },
    async downloadPrivate(access, keyid, keyType, password) {
      const answer = await sealer.call('downloadKey', access, { keyid, keyType }, password);
      return answer.bytes(ARMOR, ARMOR_END).toString('utf8');
    },
    async signatures(access, keyid, subkeys) {
      return (await api.call('getSignatures', access, { keyid, subkeys })).data(signatureList).signatures;
    },
    async create(access, { name, resetEmail: email, password }) {
      return (await sealer.call('createKey', access, { name, email }, password)).data(keyRing);
    },
    async upload(access, armored, { key: keyPassword, stored: newPassword }) {
      const key = keyFile(armored);
      const answer = await api.call('uploadKeys', access, { key, keyPassword, newPassword });
      return answer.data(keyRingList).keyRings;
    },
    async delete(access, keyid, password) {
      const deleting =
        password === null
          ? api.call('deleteKey', access, { keyid })
          : sealer.call('deleteKey', access, { keyid }, password);
      (await deleting).done();
    },
    async addUserId(access, keyid, name, email, password) {
      const values = { keyid, name, email };
      const adding =
        password === null
          ? api.call('addUserId', access, values)
          : sealer.call('addUserId', access, values, password);
      (await adding).done();
    },
    async revoke(access, keyid, reason, password) {
      (await sealer.call('revokeKey', access, { keyid, reason }, password)).done();
    },
  };
}

/** An armored key as a file of a form. */
export function keyFile(armored: string) {
  return { bytes: Buffer.from(armored, 'utf8'), filename: 'key.asc', contentType: 'application/pgp-keys' };
}
