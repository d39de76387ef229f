import { createMessage, LiteralDataPacket } from 'openpgp';
import { checkAllSoon } from '../../../../check-all.js';
import { invalidInput, type ProviderError } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import { CheckedContent } from '../checked-content.js';
import { MAX_MATERIAL_BYTES, MAX_SIGNATURES } from '../check-input.js';
import { distinct } from '../distinct.js';
import { withinLimits, type Effort } from '../effort.js';
import type { TextOrBytes, VerifyPgpInput } from '../local-crypto.js';
import { senderOf } from '../mime/sender.js';
import { reportOn, type PgpSignature, type SignatureReport } from '../reports.js';
import { binaryPgp, isOnlyPgp } from './armor.js';
import { findPackets } from './find-packets.js';
import { findSigned, type SignedPgp } from './find-signed.js';
import { judgeSignature, type Surroundings } from './judge-signature.js';
import { readKeyList } from './read-keys.js';
import {
  areEncrypted,
  readSignatures,
  signedPackets,
  type SignedPackets,
  type WrittenPacket,
} from './signed-packets.js';
import { besideCovered } from './uncovered.js';
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
  const bytes = bytesOf(message);
  const [publicKeys, { found, signed }] = await checkAllSoon([
    () => readKeyList('keys', keys, effort),
    () => openSigned(bytes, signature, maxContentBytes, effort),
  ]);
  const sender = signature === undefined ? senderOf(bytes) : undefined;
  const hashes = found.form === 'OPAQUE' ? undefined : found.hashes;
  const checked = await CheckedContent.check(signed.content, (content) =>
    check(content, signed.signatures, { keys: publicKeys, sender, hashes, now }),
  );
  const isAlone =
    signed.isAlone && signed.signatures.every((one) => besideCovered(one.write()) === 'NOTHING');
  const beside = found.beside === 'NOTHING' && !isAlone ? 'HIDDEN' : found.beside;
  return reportOn(checked, { form: found.form, beside, sender });
}

async function openSigned(
  bytes: Buffer,
  signature: TextOrBytes | undefined,
  maxContentBytes: number,
  effort: Effort,
): Promise<{ readonly found: SignedPgp; readonly signed: SignedPackets }> {
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
  return { found, signed };
}

const NOT_SIGNED = (): ProviderError =>
  invalidInput(['message'], 'MALFORMED', 'message must carry an OpenPGP signature.');

/** The field a signature comes from. */
const SOURCE = { MIME: 'message', CLEARTEXT: 'message', OPAQUE: 'message', DETACHED: 'signature' } as const;

const SIGNATURE_KINDS = ['SIGNATURE', 'MESSAGE'];

async function open(signed: SignedPgp, maxContentBytes: number, effort: Effort): Promise<SignedPackets> {
  if (signed.form === 'OPAQUE') return openMessage(signed.message, maxContentBytes, effort);
  const { content, signature, form } = signed;
  // All of them: one that is good says nothing of the others.
  const path = [SOURCE[form]];
  const blocks = binaryPgp(signature, SIGNATURE_KINDS, (count) => effort.spend('packets', path, count));
  const found = blocks.map((block) => findPackets(block, SOURCE[form], effort));
  const read = await Promise.all(found.map(async (one) => one && readSignatures(one.packets)));
  const signatures = read.map((one) => one ?? []);
  if (signatures.length === 0 || signatures.some((one) => one.length === 0))
    throw form === 'DETACHED'
      ? invalidInput(['signature'], 'MALFORMED', 'signature must be an OpenPGP signature.')
      : NOT_SIGNED();
  const isAlone = found.every((one) => one?.isAlone) && isOnlyPgp(signature, SIGNATURE_KINDS);
  return { content, signatures: signatures.flat(), isAlone };
}

async function openMessage(
  bytes: Uint8Array,
  maxContentBytes: number,
  effort: Effort,
): Promise<SignedPackets> {
  const found = await unfoldMessage(bytes, maxContentBytes, effort);
  if (found && areEncrypted(found))
    throw invalidInput(
      ['message'],
      'NOT_ALLOWED',
      'message is encrypted: only its reader can look for a signature.',
    );
  const signed = found && (await signedPackets(found));
  if (signed === undefined) throw NOT_SIGNED();
  return signed;
}

async function check(
  content: Uint8Array,
  signatures: readonly WrittenPacket[],
  surroundings: Surroundings,
): Promise<PgpSignature[]> {
  const { packets } = await createMessage({ binary: content });
  const literal = packets.find((packet) => packet instanceof LiteralDataPacket);
  if (literal === undefined) throw new TypeError('a literal packet expected');
  const each = distinct(signatures, (one) => one.write());
  const judged: PgpSignature[] = [];
  // One after another: what is asked about a key leaves its mark on it for a while.
  for (const one of each) judged.push(await judgeSignature(one, literal, surroundings));
  return judged;
}
