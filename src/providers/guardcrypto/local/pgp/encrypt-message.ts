import { createMessage, encrypt, type Key } from 'openpgp';
import { checkAllSoon } from '../../../../check-all.js';
import { invalidInput } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import { distinct } from '../distinct.js';
import { withinLimits, type Effort } from '../effort.js';
import type { EncryptPgpInput } from '../local-crypto.js';
import { multipart, openMail } from '../mime/protect-mail.js';
import { ACCEPTED, weaknessOf } from './algorithms.js';
import { readPublicKeys } from './read-keys.js';
import { endOf } from './statements.js';

/** @throws ProviderError `INVALID_INPUT` that names the key that cannot be encrypted to, `PROCESSING_LIMIT` */
export function encryptMessage(input: EncryptPgpInput, now: Date): Promise<{ readonly content: Uint8Array }> {
  return withinLimits((effort) => encryptWithin(input, effort, now));
}

async function encryptWithin(
  { content, keys, form }: EncryptPgpInput,
  effort: Effort,
  now: Date,
): Promise<{ readonly content: Uint8Array }> {
  const bytes = bytesOf(content);
  const readers = keys.map((value, index) => async () => {
    const path = ['keys', String(index)];
    const found = await readPublicKeys(path, value, effort);
    effort.spend('recipients', path, found.length);
    await Promise.all(found.map((key) => requireUsable(key, path, now)));
    return found;
  });
  const [recipients, mail] = await checkAllSoon([
    () => checkAllSoon(readers),
    () => (form === 'MAIL' ? openMail(bytes) : undefined),
  ]);
  const encryptionKeys = distinct(
    recipients.flat().map((key) => key.toPublic()),
    (key) => key.write(),
  );
  const message = await createMessage({ binary: new Uint8Array(mail?.inner ?? bytes) });
  const options = { message, encryptionKeys, date: now, config: ACCEPTED };
  if (form === 'BINARY') return { content: whole(await encrypt({ ...options, format: 'binary' })) };
  const armored: unknown = await encrypt({ ...options, format: 'armored' });
  if (typeof armored !== 'string') throw new TypeError('armor expected');
  if (mail === undefined) return { content: whole(Buffer.from(armored, 'latin1')) };
  const { boundary, body } = multipart([
    { fields: ['Content-Type: application/pgp-encrypted'], body: 'Version: 1\r\n' },
    {
      fields: [
        'Content-Type: application/octet-stream; name="encrypted.asc"',
        'Content-Disposition: inline; filename="encrypted.asc"',
      ],
      body: armored.replace(/\r?\n/g, '\r\n'),
    },
  ]);
  const type = `multipart/encrypted; protocol="application/pgp-encrypted"; boundary="${boundary}"`;
  return { content: mail.wrap({ fields: [`Content-Type: ${type}`], body }) };
}

async function requireUsable(key: Key, path: readonly string[], now: Date): Promise<void> {
  const error = await key.getEncryptionKey(undefined, now, undefined, ACCEPTED).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const isOver = (await endOf(key)) <= now.getTime();
  if (error === undefined && !isOver) return;
  const weakness = [key, ...key.subkeys].map(weaknessOf).find((found) => found !== undefined);
  const reason = (await key.isRevoked(undefined, undefined, now))
    ? 'it is revoked'
    : isOver
      ? 'it has expired'
      : weakness === undefined
        ? 'it has no good key for encryption'
        : `${weakness} is too weak`;
  throw invalidInput(path, 'NOT_ALLOWED', `${path.join('.')} cannot be encrypted to: ${reason}.`);
}

/** What leaves is never empty: a message that was lost on the way out must not pass for an encrypted one. */
function whole(bytes: unknown): Uint8Array {
  // By its types OpenPGP.js might answer with a stream, which it does only when it is given one.
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) throw new TypeError('bytes expected');
  return bytes;
}
