import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { invalidInput, ProviderError } from '../../provider-error.js';
import type { Access } from './access.js';
import type { Api, GuardCallOptions, Values } from './api.js';
import type { GuardAnswer } from './answer.js';
import { loginAnswer } from './wire/account.js';

/** Operations that take a key password in either form. */
export type PasswordOperation =
  | 'createKey'
  | 'deleteKey'
  | 'getKey'
  | 'downloadKey'
  | 'addUserId'
  | 'revokeKey'
  | 'deleteCertificate'
  | 'createAuthToken';

/** Keys of servers that are remembered; older ones are asked for again. */
const MAX_KEYS = 5_000;
const PADDING_BYTES = 11;

/** Sends key passwords encrypted for the server wherever it gives a key for that (dossier 6.2). */
export class PasswordSealer {
  readonly #api: Api;
  readonly #isOn: boolean;
  /** By session: a session stays with one server. Null: that one gives none. */
  readonly #keys = new Map<string, string | null>();

  /** @param isOn false: passwords are sent as they are, for servers that cannot read them otherwise. */
  constructor(api: Api, isOn: boolean) {
    this.#api = api;
    this.#isOn = isOn;
  }

  /**
   * Calls an operation with a password, which is made unreadable if possible. A refusal of a password that was
   * encrypted for a key the server no longer has is no answer to the password, so it is sent once more for the new key.
   */
  async call<Name extends PasswordOperation>(
    name: Name,
    access: Access,
    values: Values<Name>,
    password: string,
    options?: GuardCallOptions,
  ): Promise<GuardAnswer> {
    if (password === '') throw invalidInput(['password'], 'BLANK', 'password must not be empty.');
    const key = this.#isOn ? await this.#key(access) : null;
    const send = (publicKey: string | null): Promise<GuardAnswer> =>
      this.#api.call(name, access, { ...values, ...seal(publicKey, password) }, options);
    try {
      return await send(key);
    } catch (error) {
      const isRefused =
        error instanceof ProviderError &&
        (error.code === 'WRONG_SECRET' || error.code === 'PROVIDER_REJECTED');
      if (key === null || !isRefused) throw error;
      this.#keys.delete(access.id);
      const fresh = await this.#key(access);
      if (fresh === key) throw error;
      return send(fresh);
    }
  }

  /** Remembers the key of a login answer, so that it need not be asked for. */
  remember(access: Access, publicKey: string | null): void {
    this.#keys.delete(access.id);
    this.#keys.set(access.id, publicKey || null);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > MAX_KEYS && oldest !== undefined) this.#keys.delete(oldest);
  }

  async #key(access: Access): Promise<string | null> {
    const known = this.#keys.get(access.id);
    if (known !== undefined) return known;
    const answer = await this.#api.call('login', access, {}, { kind: 'read' });
    const { pubKey } = answer.whole(loginAnswer);
    this.remember(access, pubKey);
    return pubKey || null;
  }
}

function seal(publicKey: string | null, password: string): { e_password: string } | { password: string } {
  if (publicKey === null) return { password };
  const key = readPublicKey(publicKey);
  const plain = Buffer.from(password, 'utf8');
  const maxBytes = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8 - PADDING_BYTES;
  if (plain.length > maxBytes)
    throw invalidInput(['password'], 'TOO_LONG', `password must have at most ${maxBytes} bytes.`);
  const sealed = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, plain);
  return { e_password: sealed.toString('base64') };
}

/** PEM or bare Base64, of SubjectPublicKeyInfo or of PKCS#1. @throws ProviderError PROVIDER_PROTOCOL */
function readPublicKey(text: string): KeyObject {
  const der = Buffer.from(text.replace(/-----[^-]*-----/g, '').replace(/\s+/g, ''), 'base64');
  for (const type of ['spki', 'pkcs1'] as const) {
    try {
      const key = createPublicKey({ key: der, format: 'der', type });
      if (key.asymmetricKeyType === 'rsa') return key;
    } catch {
      // It may be of the other type.
    }
  }
  throw new ProviderError('PROVIDER_PROTOCOL', { cause: new Error('login: pubKey is no RSA key') });
}
