import type { X509Certificate } from 'node:crypto';
import type { Clock } from './clock.js';
import { happenings } from './happenings.js';
import type { Logger } from './log.js';

const DAY_MS = 86_400_000;
const WARNED_BEFORE_MS = 30 * DAY_MS;

/** Tells metrics until when a certificate that is shown is good, and the log when it is not, or not for 30 days more. */
export function tellValidity(
  setting: string,
  { validFrom, validTo }: Pick<X509Certificate, 'validFrom' | 'validTo'>,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): void {
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  const leftMs = to - clock.now();
  happenings.certificate.tell({ name: setting, expiresAt: to });
  if (leftMs <= 0) logger.error({ setting }, `the certificate has expired on ${dayOf(to)}`);
  else if (from > clock.now())
    logger.error({ setting }, `the certificate is not valid before ${dayOf(from)}`);
  else if (leftMs < WARNED_BEFORE_MS)
    logger.warn(
      { setting, count: Math.floor(leftMs / DAY_MS) },
      `the certificate expires on ${dayOf(to)}, within 30 days`,
    );
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
