import type { SignerInfo } from 'pkijs';
import { checkAll } from '../../../../check-all.js';
import { invalidInput, type ProviderError } from '../../../../provider-error.js';
import { bytesOf } from '../bytes-of.js';
import { MAX_SIGNATURES } from '../check-input.js';
import { CheckedContent } from '../checked-content.js';
import { distinct } from '../distinct.js';
import { Effort } from '../effort.js';
import type { VerifySmimeInput } from '../local-crypto.js';
import { senderOf } from '../mime/sender.js';
import { reportOn, type SignatureReport, type SmimeSignature } from '../reports.js';
import { detached, findSigned } from './find-signed.js';
import { judgeSignature } from './judge-signature.js';
import { parseEach, readCertificateList } from './read-certificates.js';
import { SignedContent } from './signed-content.js';
import { openSignedData, readSigner, type OpenedSignedData } from './signed-data.js';

/** @throws ProviderError `INVALID_INPUT` when there is no signature, or the message is encrypted; `PROCESSING_LIMIT` */
export async function verifyMessage(
  { message, signature, trusted }: VerifySmimeInput,
  now: Date,
): Promise<SignatureReport<SmimeSignature>> {
  const effort = new Effort();
  const field = signature === undefined ? 'message' : 'signature';
  const [anchors, { found, signed, content, signers, certificates, isAlone }] = checkAll([
    () => readCertificateList('trusted', trusted, effort),
    () => openSigned({ message, signature }, field, effort),
  ]);
  const sender = signature === undefined ? senderOf(bytesOf(message)) : undefined;
  const checked = await CheckedContent.check(content, async (bytes) =>
    check(bytes, signed, signers, {
      ...{ others: certificates, trusted: anchors, sender, now },
      ...{ path: [field], effort },
    }),
  );
  const beside = found.beside === 'NOTHING' && !isAlone ? 'HIDDEN' : found.beside;
  return reportOn(checked, { form: found.form, beside, sender });
}

function openSigned(
  { message, signature }: Pick<VerifySmimeInput, 'message' | 'signature'>,
  field: 'message' | 'signature',
  effort: Effort,
) {
  const found =
    signature === undefined ? findSigned(bytesOf(message)) : detached(bytesOf(message), bytesOf(signature));
  const signed = found && openSignedData(found.signature, [field], effort);
  if (signed?.kind === 'ENCRYPTED')
    throw invalidInput(
      [field],
      'NOT_ALLOWED',
      `${field} is encrypted: only its reader can look for a signature.`,
    );
  const content = found?.content ?? signed?.content;
  if (found === undefined || signed === undefined || content === undefined) throw notSigned(field);
  const count = signed.signers.length;
  if (count === 0) throw notSigned(field);
  if (count > MAX_SIGNATURES)
    throw invalidInput([field], 'TOO_LONG', `${field} has more than ${MAX_SIGNATURES} signatures.`);
  const signers = distinct(signed.signers, (one) => one).map((one) => readSigner(one, [field]));
  if (signers.includes(undefined)) throw notSigned(field);
  const { certificates, odd, broken } = parseEach(signed.certificates, [field], effort);
  if (broken > 0) throw notSigned(field);
  const known = signers.filter((one) => one !== undefined);
  const isAlone = signed.isAlone && odd === 0 && known.every(({ unsignedAttrs }) => !unsignedAttrs);
  return { found, signed, content, signers: known, certificates, isAlone };
}

function notSigned(field: 'message' | 'signature'): ProviderError {
  return field === 'message'
    ? invalidInput(['message'], 'MALFORMED', 'message must carry an S/MIME signature.')
    : invalidInput(['signature'], 'MALFORMED', 'signature must be a PKCS7 signature, PEM or DER.');
}

function check(
  bytes: Uint8Array,
  { contentType: type, content }: OpenedSignedData,
  signers: readonly SignerInfo[],
  surroundings: Parameters<typeof judgeSignature>[2],
): SmimeSignature[] {
  const signed = new SignedContent(bytes, type);
  const signatures = signers.map((signer) => judgeSignature(signer, signed, surroundings));
  // What stands inside of a signature made for what stands beside it is shown by some programs and not by others.
  if (content === undefined || content.equals(bytes)) return signatures;
  return signatures.map((signature) => ({
    ...signature,
    outcome: 'BAD',
    reason: 'it holds another content',
  }));
}
