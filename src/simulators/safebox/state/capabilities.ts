import type { RandomSource } from '../../kit/random.js';

/** What the holder of a file-server URL may do, until `expiresAt` (milliseconds since the epoch). */
export type Capability =
  | { readonly kind: 'upload'; readonly guid: string; readonly expiresAt: number }
  | {
      readonly kind: 'download';
      readonly guid: string;
      readonly documentId: string;
      /** Participant it is counted for. */
      readonly by: string;
      readonly expiresAt: number;
    };

/** The URLs of the file server that are good just now. A restart ends them all. */
export class Capabilities {
  readonly #byToken = new Map<string, Capability>();

  constructor(private readonly random: RandomSource) {}

  /** The last segment of the new URL. */
  grant(capability: Capability): string {
    const token = this.random.bytes(24).toString('base64url');
    this.#byToken.set(token, capability);
    return token;
  }

  find(token: string, now: number): Capability | undefined {
    const found = this.#byToken.get(token);
    if (found === undefined || found.expiresAt > now) return found;
    this.#byToken.delete(token);
    return undefined;
  }

  clear(): void {
    this.#byToken.clear();
  }
}
