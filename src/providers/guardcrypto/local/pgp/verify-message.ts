import { createMessage, enums, LiteralDataPacket, readSignature, type Key, type Message } from 'openpgp';
import { invalidInput, type ProviderError } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import { CheckedContent } from '../checked-content.js';
import { MAX_MATERIAL_BYTES, MAX_SIGNATURES } from '../check-input.js';
import { distinct } from '../distinct.js';
import { withinLimits, type Effort } from '../effort.js';
import type { VerifyPgpInput } from '../local-crypto.js';
import { reportOn, type PgpSignature, type SignatureReport } from '../reports.js';
import { binaryPgp, isOnlyPgp } from './armor.js';
import { findSigned, type SignedPgp } from './find-signed.js';
import { judgeSignature } from './judge-signature.js';
import { countPackets } from './packets.js';
import { readKeyList } from './read-keys.js';
import { unfoldMessage } from './unfold-message.js';

/**
 * @throws ProviderError `INVALID_INPUT` when there is no signature, or the message is encrypted; `TOO_LARGE`,
 * `PROCESSING_LIMIT`
 */
export function verifyMessage(input: VerifyPgpInput, now: Date): Promise<SignatureReport<PgpSignature>> {
  return withinLimits((effort) => verifyWithin(input, effort, now));
}

async function verifyWithin(
  { message, signature, keys, maxContentBytes = MAX_MATERIAL_BYTES }: VerifyPgpInput,
  effort: Effort,
  now: Date,
): Promise<SignatureReport<PgpSignature>> {
  const publicKeys = await readKeyList('keys', keys, effort);
  const bytes = bytesOf(message);
  const found: SignedPgp | undefined =
    signature === undefined
      ? findSigned(bytes)
      : { form: 'DETACHED', content: bytes, signature: bytesOf(signature), beside: 'NOTHING' };
  if (found === undefined) throw NOT_SIGNED();
  const signed = await open(found, maxContentBytes, effort);
  if (signed.signatures.length === 0) throw NOT_SIGNED();
  if (signed.signatures.length > MAX_SIGNATURES)
    throw invalidInput(
      [SOURCE[found.form]],
      'TOO_LONG',
      `${SOURCE[found.form]} has more than ${MAX_SIGNATURES} signatures.`,
    );
  const checked = await CheckedContent.check(signed.content, (content) =>
    check(content, signed.signatures, publicKeys, now),
  );
  const beside = found.beside === 'NOTHING' && !signed.isAlone ? 'HIDDEN' : found.beside;
  return reportOn(checked, { form: found.form, beside });
}

const NOT_SIGNED = (): ProviderError =>
  invalidInput(['message'], 'MALFORMED', 'message must carry an OpenPGP signature.');

/** The field a signature comes from. */
const SOURCE = { MIME: 'message', CLEARTEXT: 'message', OPAQUE: 'message', DETACHED: 'signature' } as const;

/** A signature, or what stands in its place. */
interface WrittenPacket {
  write(): Uint8Array;
}

/** Content and the packets that are signatures of it. */
interface Opened {
  readonly content: Uint8Array;
  readonly signatures: readonly WrittenPacket[];
  /** Whether nothing stands around the signatures where they are. */
  readonly isAlone: boolean;
}

const SIGNATURE_KINDS = ['SIGNATURE', 'MESSAGE'];

async function open(signed: SignedPgp, maxContentBytes: number, effort: Effort): Promise<Opened> {
  if (signed.form === 'OPAQUE') return openMessage(signed.message, maxContentBytes, effort);
  const { content, signature, form } = signed;
  const unreadable = () => {
    throw form === 'DETACHED'
      ? invalidInput(['signature'], 'MALFORMED', 'signature must be an OpenPGP signature.')
      : NOT_SIGNED();
  };
  // All of them: one that is good says nothing of the others.
  const blocks = binaryPgp(signature, ...SIGNATURE_KINDS);
  for (const block of blocks) countPackets(block, [SOURCE[form]], effort);
  const opened = await Promise.all(
    blocks.map((binarySignature) => readSignature({ binarySignature }).catch(unreadable)),
  );
  return opened.length === 0
    ? unreadable()
    : {
        content,
        signatures: opened.flatMap(({ packets }) => packets),
        isAlone: isOnlyPgp(signature, ...SIGNATURE_KINDS),
      };
}

async function openMessage(bytes: Uint8Array, maxContentBytes: number, effort: Effort): Promise<Opened> {
  const message = await unfoldMessage(bytes, maxContentBytes, effort);
  if (message === undefined) throw NOT_SIGNED();
  const { aeadEncryptedData, symEncryptedIntegrityProtectedData, symmetricallyEncryptedData } = enums.packet;
  const { publicKeyEncryptedSessionKey, symEncryptedSessionKey } = enums.packet;
  const encrypted = message.packets.filterByTag(
    ...[aeadEncryptedData, symEncryptedIntegrityProtectedData, symmetricallyEncryptedData],
    ...[publicKeyEncryptedSessionKey, symEncryptedSessionKey],
  );
  if (encrypted.length > 0)
    throw invalidInput(
      ['message'],
      'NOT_ALLOWED',
      'message is encrypted: only its reader can look for a signature.',
    );
  return signaturesOf(message).catch(() => {
    throw NOT_SIGNED();
  });
}

/** Without keys OpenPGP.js finds the signatures, and judges none. */
async function signaturesOf(message: Message<Uint8Array>): Promise<Opened> {
  const signatures = await message.verify([]);
  const content: unknown = message.getLiteralData();
  if (!(content instanceof Uint8Array)) throw NOT_SIGNED();
  const found = signatures.map(async ({ signature, verified }) => {
    await verified.catch(() => undefined);
    return (await signature).packets;
  });
  return { content, signatures: (await Promise.all(found)).flat(), isAlone: true };
}

async function check(
  content: Uint8Array,
  signatures: readonly WrittenPacket[],
  keys: readonly Key[],
  now: Date,
): Promise<PgpSignature[]> {
  const { packets } = await createMessage({ binary: content });
  const literal = packets.find((packet) => packet instanceof LiteralDataPacket);
  if (literal === undefined) throw new TypeError('a literal packet expected');
  const each = distinct(signatures, (one) => one.write());
  return Promise.all(each.map((one) => judgeSignature(one, literal, keys, now)));
}
