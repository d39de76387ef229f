import type { Enterprise, User } from './directory.js';

/** A guid waiting for its commit (dossier section 5.1, "reserved"). It does not outlive the process. */
export interface Reservation {
  readonly guid: string;
  readonly enterprise: Enterprise;
  /** The creator of the SafeBox to be. */
  readonly user: User;
  /** 64 base64url characters. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** The guids that wait. */
export class Reservations {
  readonly #byGuid = new Map<string, Reservation>();

  add(reservation: Reservation): void {
    this.#byGuid.set(reservation.guid, reservation);
  }

  find(guid: string, now: number): Reservation | undefined {
    const found = this.#byGuid.get(guid);
    return found !== undefined && found.expiresAt > now ? found : undefined;
  }

  delete(guid: string): void {
    this.#byGuid.delete(guid);
  }

  sweep(now: number): void {
    for (const [guid, { expiresAt }] of this.#byGuid) if (expiresAt <= now) this.#byGuid.delete(guid);
  }
}
