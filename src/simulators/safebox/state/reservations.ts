import { ASSUMED } from '../assumptions.js';
import type { Enterprise, User } from './directory.js';
import type { Service } from './service.js';

/** A guid waiting for its commit (dossier section 5.1, "reserved"). It does not outlive the process. */
export interface Reservation {
  readonly guid: string;
  readonly enterprise: Enterprise;
  /** The creator of the SafeBox to be. */
  readonly user: User;
  /** 64 base64url characters. */
  readonly key: string;
  readonly expiresAt: number;
}

export function reserve(service: Service, enterprise: Enterprise, user: User): Reservation {
  const now = service.clock.now();
  forgetExpired(service, now);
  const reservation: Reservation = {
    guid: service.hexId(),
    enterprise,
    user,
    key: service.random.bytes(48).toString('base64url'),
    expiresAt: now + ASSUMED.reservationLifetimeMs,
  };
  service.reservations.set(reservation.guid, reservation);
  return reservation;
}

export function findReservation(service: Service, guid: string): Reservation | undefined {
  const found = service.reservations.get(guid);
  return found !== undefined && found.expiresAt > service.clock.now() ? found : undefined;
}

function forgetExpired(service: Service, now: number): void {
  service.temporary.sweep(now);
  for (const [guid, { expiresAt }] of service.reservations) {
    if (expiresAt <= now) service.reservations.delete(guid);
  }
}
