import {
  createMessage,
  readCleartextMessage,
  readSignature,
  verify,
  type CleartextMessage,
  type Key,
  type VerifyMessageResult,
} from 'openpgp';
import { endsInArmor } from './armor.js';
import { decodedBody, isClean, mediaTypeOf, type Entity } from './entity.js';
import { signedParts, type SignedParts } from './signed-parts.js';

/** What looking for signatures in a mail came to. */
export interface SignatureResult {
  /** Signed, every signer known, and every signature good. */
  readonly verified: boolean;
  /** A signer's key is not known, so nothing can be said. */
  readonly missing: boolean;
}

export const NOT_SIGNED: SignatureResult = { verified: false, missing: false };

/** Checks the signatures of a PGP/MIME or inline mail; undefined when it is neither. */
export async function verifyPgp(
  mail: Entity,
  keys: readonly Key[],
  now: Date,
): Promise<SignatureResult | undefined> {
  if (!isClean(mail)) return undefined;
  const verificationKeys = keys.map((key) => key.toPublic());
  const { type } = mediaTypeOf(mail);
  if (type === 'multipart/signed') {
    const parts = signedParts(mail, ['application/pgp-signature']);
    return parts && judge(verificationKeys, () => verifyBeside(parts, verificationKeys, now));
  }
  const text = type === 'text/plain' ? decodedBody(mail)?.toString('latin1') : undefined;
  if (text === undefined || !text.includes(BEGIN)) return undefined;
  const cleartextMessage = Buffer.from(aloneIn(text) ?? '', 'latin1').toString('utf8');
  if (cleartextMessage === '') return NOT_SIGNED;
  return judge(verificationKeys, async () => {
    const message: CleartextMessage = await readCleartextMessage({ cleartextMessage });
    return verify({ message, verificationKeys, date: now });
  });
}

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const END = '-----END PGP SIGNATURE-----';

/** One hash and nothing else: whatever stands there is covered by no signature. */
const HEADER = /^-----BEGIN PGP SIGNED MESSAGE-----\r?\nHash: [A-Z\d-]+\r?\n[ \t]*\r?\n/;

/** A readable text with nothing but blank lines around it, and no line end that is one to some readers only. */
function aloneIn(text: string): string | undefined {
  const end = text.indexOf(END);
  const start = text.indexOf(BEGIN);
  if (end < start || /\r(?!\n)/.test(text)) return undefined;
  const around = text.slice(0, start) + text.slice(end + END.length);
  const alone = text.slice(start, end + END.length);
  const isAlone = /^[ \t\r\n]*$/.test(around) && (start === 0 || text[start - 1] === '\n');
  return isAlone && HEADER.test(alone) && endsInArmor(alone) ? alone : undefined;
}

/** Verifies a signature that stands alone; of several nobody can say which is meant. */
async function verifyBeside(
  { signed, signature }: SignedParts,
  verificationKeys: readonly Key[],
  date: Date,
): Promise<Pick<VerifyMessageResult, 'signatures'>> {
  const armoredSignature = signature.toString('latin1');
  if (armoredSignature.split(END).length !== 2 || !endsInArmor(armoredSignature.split(END, 1)[0] + END))
    throw new TypeError('not a single signature');
  return verify({
    message: await createMessage({ binary: new Uint8Array(Buffer.from(signed, 'latin1')) }),
    signature: await readSignature({ armoredSignature }),
    verificationKeys: [...verificationKeys],
    format: 'binary',
    date,
  });
}

async function judge(
  keys: readonly Key[],
  check: () => Promise<Pick<VerifyMessageResult, 'signatures'>>,
): Promise<SignatureResult> {
  try {
    const { signatures } = await check();
    const known = signatures.every(({ keyID }) => keys.some((key) => key.getKeys(keyID).length > 0));
    if (signatures.length === 0 || !known) return { verified: false, missing: signatures.length > 0 };
    await Promise.all(signatures.map(({ verified }) => verified));
    return { verified: true, missing: false };
  } catch {
    return NOT_SIGNED;
  }
}
