import type { RandomSource } from '../../kit/random.js';

/** Which of an account's two kinds of key a token or password is for. */
export const CRYPTO_TYPES = ['PGP', 'SMIME'] as const;

export type CryptoType = (typeof CRYPTO_TYPES)[number];

/** What a token lets the server use. */
interface Authentication {
  readonly accountId: number;
  readonly type: CryptoType;
  /** Of the key. */
  readonly password: string;
  /** The session it was made in, if any: it ends with that. */
  readonly sessionId: string | undefined;
}

/** A token attached to a session. */
export interface AttachedToken {
  readonly auth: string;
  /** `-1` single use, `0` until the session ends, else minutes from `createdOn`. */
  readonly minutesValid: number;
  /** Milliseconds since the epoch. */
  readonly createdOn: number;
}

// 64 characters of Base64: a client must not take it for a status word, and must percent-encode it.
const TOKEN_BYTES = 47;

/** Authentication tokens, and which of them are attached to sessions. */
export class Tokens {
  readonly #tokens = new Map<string, Authentication>();
  readonly #attached = new Map<string, AttachedToken>();

  constructor(
    private readonly random: RandomSource,
    private readonly now: () => number,
  ) {}

  create(authentication: Authentication): string {
    const auth = this.random.bytes(TOKEN_BYTES).toString('base64');
    this.#tokens.set(auth, authentication);
    return auth;
  }

  find(auth: string): Authentication | undefined {
    return this.#tokens.get(auth);
  }

  attach(sessionId: string, type: CryptoType, auth: string, minutesValid: number): AttachedToken {
    const token = { auth, minutesValid, createdOn: this.now() };
    this.#attached.set(slot(sessionId, type), token);
    return token;
  }

  detach(sessionId: string, type: CryptoType): void {
    this.#attached.delete(slot(sessionId, type));
  }

  attached(sessionId: string, type: CryptoType): AttachedToken | undefined {
    const token = this.#attached.get(slot(sessionId, type));
    if (token === undefined) return undefined;
    const expired = token.minutesValid > 0 && this.now() >= token.createdOn + token.minutesValid * 60_000;
    if (!expired && this.#tokens.has(token.auth)) return token;
    this.detach(sessionId, type);
    return undefined;
  }

  /** An operation used the token: one for a single use is gone, wherever it was attached. */
  spend(auth: string): void {
    for (const [place, token] of this.#attached) {
      if (token.auth !== auth || token.minutesValid !== -1) continue;
      this.#attached.delete(place);
      this.#tokens.delete(auth);
    }
  }

  /** The session is over. */
  endSession(sessionId: string): void {
    for (const type of CRYPTO_TYPES) this.detach(sessionId, type);
    this.#forget((token) => token.sessionId === sessionId);
  }

  /** Every token of an account dies; of both types unless one is named. */
  revoke(accountId: number, type?: CryptoType): void {
    this.#forget((token) => token.accountId === accountId && (type === undefined || token.type === type));
  }

  #forget(matches: (token: Authentication) => boolean): void {
    for (const [auth, token] of this.#tokens) {
      if (matches(token)) this.#tokens.delete(auth);
    }
  }
}

function slot(sessionId: string, type: CryptoType): string {
  return `${sessionId} ${type}`;
}
