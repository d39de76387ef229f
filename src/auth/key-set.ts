import { createLocalJWKSet, errors } from 'jose';
import type { FetchImplementation, JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { happenings } from '../happenings.js';
import { LastingTrouble } from '../lasting-trouble.js';
import type { Logger } from '../log.js';

export interface KeySetOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly fetch?: FetchImplementation | undefined;
  /** Called when other keys than before were fetched. */
  readonly onChange?: () => void;
}

/** After this time, keys are fetched anew with the next token. */
const FRESH_MS = 600_000;
/** The last good keys are used for this long while the address cannot be reached. */
const KEEP_MS = 3_600_000;
const TIMEOUT_MS = 5_000;
/** How often keys may be fetched for tokens that name unknown ones: anybody can send such tokens. */
const REFETCHES = { count: 5, perMs: 30_000 };

const keySetShape = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** The keys that a token issuer publishes, as `jwtVerify` asks for them. */
export class KeySet {
  readonly #options: KeySetOptions;
  #keys: JWTVerifyGetKey | undefined;
  #text = '';
  #fetchedAt = -Infinity;
  #fetching: Promise<void> | undefined;
  #refetchedAt: readonly number[] = [];
  /** The last keys are used, and there are none. */
  readonly #troubles: { readonly kept: LastingTrouble; readonly none: LastingTrouble };

  constructor(options: KeySetOptions) {
    this.#options = options;
    const trouble = (failed: string): LastingTrouble =>
      new LastingTrouble({
        ...{ ...options, level: 'error', failed },
        well: 'the keys of the token issuer are fetched again',
      });
    this.#troubles = {
      kept: trouble('the keys of the token issuer cannot be fetched; the last ones are still used'),
      none: trouble('the keys of the token issuer cannot be fetched: no token can be verified'),
    };
  }

  /** @throws JWKSNoMatchingKey, or an error when there are no keys that may be used */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.#ageMs >= FRESH_MS) await this.#fetch();
    try {
      return await this.#current()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayRefetch()) throw error;
      await this.#fetch();
      return this.#current()(header, token);
    }
  };

  get #ageMs(): number {
    return this.#options.clock.now() - this.#fetchedAt;
  }

  #current(): JWTVerifyGetKey {
    if (!this.#keys || this.#ageMs >= KEEP_MS) throw new Error('there are no keys to verify tokens with');
    return this.#keys;
  }

  #mayRefetch(): boolean {
    const now = this.#options.clock.now();
    const lately = this.#refetchedAt.filter((at) => now - at < REFETCHES.perMs);
    if (lately.length >= REFETCHES.count) return false;
    this.#refetchedAt = [...lately, now];
    return true;
  }

  #fetch(): Promise<void> {
    this.#fetching ??= this.#fetchNow().finally(() => (this.#fetching = undefined));
    return this.#fetching;
  }

  /** What cannot be fetched leaves the keys as they were. */
  async #fetchNow(): Promise<void> {
    const { url, clock, fetch: ask = fetch, onChange } = this.#options;
    try {
      const response = await ask(url, {
        method: 'GET',
        redirect: 'manual',
        headers: new Headers({ accept: 'application/json, application/jwk-set+json' }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status !== 200) throw new Error(`it answered ${response.status}`);
      const text = await response.text();
      const keys = createLocalJWKSet(keySetShape.parse(JSON.parse(text)));
      if (this.#text !== '' && this.#text !== text) onChange?.();
      this.#keys = keys;
      this.#text = text;
      this.#fetchedAt = clock.now();
      happenings.keys.tell({ outcome: 'ok' });
      for (const trouble of Object.values(this.#troubles)) trouble.well({ issuer: new URL(url).host });
    } catch (err) {
      const usable = this.#keys !== undefined && this.#ageMs < KEEP_MS;
      happenings.keys.tell({ outcome: usable ? 'kept' : 'none' });
      this.#troubles[usable ? 'kept' : 'none'].failed({ err, issuer: new URL(url).host });
    }
  }
}
