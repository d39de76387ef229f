import { fromBase64 } from '../../src/base64.js';
import { invalidInput } from '../../src/provider-error.js';
import {
  EnvelopeError,
  leastBytes,
  MAGIC,
  openEnvelope,
  sealEnvelope,
} from '../../src/providers/xqkeys/crypto/envelope.js';
import type { EnvelopeCipher } from '../../src/providers/xqkeys/crypto/envelope.js';
import { makeKeyText, readKeyText } from '../../src/providers/xqkeys/crypto/key-text.js';
import type { KeyText, XqCipher } from '../../src/providers/xqkeys/crypto/key-text.js';
import { openOlder } from '../../src/providers/xqkeys/crypto/older.js';
import { LIMITS } from '../../src/providers/xqkeys/packet.js';

/** A small text, sealed with a new key of its own. */
export interface SealedText {
  /** As it is to be stored. */
  readonly key: string;
  /** Base64. */
  readonly ciphertext: string;
}

/** @throws ProviderError INVALID_INPUT for a text that is too long */
export function checkText(text: string): void {
  if (Buffer.byteLength(text) > LIMITS.textBytes)
    throw invalidInput(['text'], 'TOO_LONG', `text must have at most ${LIMITS.textBytes} bytes.`);
}

export async function sealText(text: string, cipher: EnvelopeCipher): Promise<SealedText> {
  const plaintext = Buffer.from(text);
  const key = makeKeyText(cipher);
  const envelope = await sealEnvelope(cipher, readKeyText(key).bareKey, plaintext);
  return { key, ciphertext: envelope.toString('base64') };
}

/**
 * The bytes of a sealed text, as far as they can be checked without its key: a key that is deleted on receipt is not
 * fetched for what nothing opens.
 * @throws ProviderError INVALID_INPUT
 */
export function readCiphertext(ciphertext: string, cipher: XqCipher | null): Buffer {
  const sealed = fromBase64(ciphertext);
  if (!sealed || sealed.length === 0 || sealed.length > 2 * LIMITS.textBytes) {
    throw invalidInput(
      ['ciphertext'],
      'MALFORMED',
      `ciphertext must be base64 of at most ${2 * LIMITS.textBytes} bytes.`,
    );
  }
  const isEnvelope = sealed.subarray(0, MAGIC.length).equals(MAGIC);
  const isWhole = isEnvelope ? sealed.length >= leastBytes(cipher) : cipher === null || cipher === 'OTP';
  if (!isWhole) throw invalidInput(['ciphertext'], 'MALFORMED', 'ciphertext is not a whole sealed text.');
  return sealed;
}

/** @param cipher null: as the key says, or else whichever of them opens it @returns undefined when it does not open */
export async function openText(
  keyText: string,
  sealed: Buffer,
  cipher: XqCipher | null,
): Promise<{ readonly text: string; readonly cipher: XqCipher } | undefined> {
  const key = readKeyText(keyText);
  for (const candidate of cipher === null ? candidates(key, sealed) : [cipher]) {
    const text = await openWith(candidate, key.bareKey, sealed);
    if (text !== undefined) return { text, cipher: candidate };
  }
  return undefined;
}

/** Those that notice a wrong key come first. */
function candidates({ cipher, prefix }: KeyText, sealed: Buffer): readonly XqCipher[] {
  if (cipher !== null) return [cipher];
  if (!sealed.subarray(0, MAGIC.length).equals(MAGIC)) return ['OTP'];
  const older = ['AES_CBC_MD5', 'AES_CTR_SHA256'] as const;
  return prefix === '.A' ? older : ['AES_GCM', ...older];
}

async function openWith(cipher: XqCipher, password: string, sealed: Buffer): Promise<string | undefined> {
  try {
    const opened =
      cipher === 'AES_GCM' || cipher === 'AES_CTR'
        ? await openEnvelope(cipher, password, sealed)
        : openOlder(cipher, password, sealed);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened);
  } catch (error) {
    // Bytes that are no text come from a wrong key.
    if (error instanceof EnvelopeError || error instanceof TypeError) return undefined;
    throw error;
  }
}
