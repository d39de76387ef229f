import { systemClock } from '../../../src/clock.js';
import { z } from 'zod';
import {
  data,
  keyRingSchema,
  startGuard,
  type GuardWorld,
  type UserSession,
  type WireAnswer,
} from '../../contract/guardcrypto/wire.js';
import type { ManualClock } from '../../support/manual-clock.js';
import type { Teardown } from '../../support/simulators.js';

/** What stands in the mails of these tests. */
export const INNER = 'Content-Type: text/plain; charset=utf-8\r\n\r\nZwölf Euro for ACME.\r\n';

/** A mail around it. */
export const MAIL = `From: anton@example.com\r\nTo: berta@example.com\r\nSubject: Payment\r\nMIME-Version: 1.0\r\n${INNER}`;

/** Users of the simulator that have keys: id, and the algorithm of their current one. */
export const USERS = [
  { name: 'anton', id: '7', algorithm: 'rsa2048', other: 'berta' },
  { name: 'berta', id: '8', algorithm: 'ed25519', other: 'anton' },
] as const;

/** A simulator that lives now, as the programs beside it do. */
export function startGuardNow(test: Teardown): Promise<Omit<GuardWorld, 'clock'> & { clock?: ManualClock }> {
  return startGuard(test, { clock: systemClock });
}

type World = Pick<GuardWorld, 'serve'>;

/** Has a mail signed, encrypted, or both, by a user. @param token signs */
export async function protect(
  world: World,
  user: string,
  order: { type: 'PGP' | 'SMIME'; recipients?: readonly string[]; token?: string },
): Promise<string> {
  const { type, recipients = [], token } = order;
  const security = { type, encrypt: recipients.length > 0, sign: token !== undefined };
  const answer = await world.serve('REST', 'oxguard/mail', 'encrypt', {
    query: { user, context: '1', fromName: 'x', email: 'anton@example.com', isGuest: 'false' },
    parts: {
      file: Buffer.from(MAIL),
      json: JSON.stringify({ recipients, security }),
      ...(token === undefined ? {} : { guardAuth: token }),
    },
  });
  return mailOf(answer);
}

/** Whether the simulator finds the signature of a mail good, for a user. */
export async function verify(world: World, user: string, mail: string | Uint8Array): Promise<boolean> {
  const answer = await world.serve('REST', 'oxguard/mail', 'verify', {
    query: { user, context: '1', simple: 'true' },
    parts: { file: Buffer.from(mail) },
  });
  return data(answer, z.boolean());
}

/** The current private ring of a user, locked with `key-pw`. */
export async function privateRing(user: UserSession): Promise<string> {
  const form = { keyType: 'private', password: 'key-pw' };
  const ring = data(await user.keys('POST', 'getKey', { form }), keyRingSchema);
  return ring.privateRing?.ring ?? '';
}

/** A mail that is signed beside its content. */
export function signedMail(protocol: string, inner: string, signature: string): string {
  const type = `multipart/signed; protocol="${protocol}"; micalg=sha512; boundary="part-1"`;
  const part = `Content-Type: ${protocol}\r\n\r\n${signature.replace(/\r?\n/g, '\r\n').trimEnd()}`;
  return `From: anton@example.com\r\nContent-Type: ${type}\r\n\r\n--part-1\r\n${inner}\r\n--part-1\r\n${part}\r\n--part-1--\r\n`;
}

function mailOf({ headers, text }: WireAnswer): string {
  if (headers['content-type'] !== 'message/rfc822') throw new Error(`no mail: ${text}`);
  return text;
}
