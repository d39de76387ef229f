import type { Owner } from '../../src/owner.js';
import { invalidInput, ProviderError } from '../../src/provider-error.js';
import {
  EnvelopeError,
  MAGIC,
  openEnvelope,
  sealEnvelope,
} from '../../src/providers/xqkeys/crypto/envelope.js';
import type { EnvelopeCipher } from '../../src/providers/xqkeys/crypto/envelope.js';
import { makeKeyText, readKeyText } from '../../src/providers/xqkeys/crypto/key-text.js';
import type { KeyText, XqCipher } from '../../src/providers/xqkeys/crypto/key-text.js';
import { openOlder } from '../../src/providers/xqkeys/crypto/older.js';
import { PROVIDER } from '../../src/providers/xqkeys/errors.js';
import { LIMITS } from '../../src/providers/xqkeys/packet.js';
import type { Policy } from '../../src/providers/xqkeys/packet.js';
import type { KeyMaker } from './key-maker.js';
import type { KeyService, KnownKey } from './key.service.js';

/** Seals and opens small texts, so that the keys need not leave this server. */
export class SealService {
  constructor(
    private readonly maker: KeyMaker,
    private readonly keys: KeyService,
  ) {}

  /** Seals a text with a new key of its own and stores that. The ciphertext is base64 and kept by nobody. */
  async seal(
    owner: Owner,
    text: string,
    cipher: EnvelopeCipher,
    policy: Policy & { readonly labels: readonly string[] },
  ): Promise<{ readonly ciphertext: string; readonly key: KnownKey }> {
    const plaintext = Buffer.from(text);
    if (plaintext.length > LIMITS.textBytes) {
      throw invalidInput(['text'], `text must have at most ${LIMITS.textBytes} bytes.`);
    }
    const key = makeKeyText(cipher);
    const envelope = await sealEnvelope(cipher, readKeyText(key).bareKey, plaintext);
    return {
      ciphertext: envelope.toString('base64'),
      key: await this.maker.create(owner, key, policy),
    };
  }

  /** @param cipher null: as the key says, or else whichever of them opens it */
  async open(
    owner: Owner,
    locator: string,
    ciphertext: string,
    cipher: XqCipher | null,
  ): Promise<{ readonly text: string; readonly cipher: XqCipher }> {
    const sealed = decode(ciphertext);
    const key = readKeyText(await this.keys.fetch(owner, locator));
    for (const candidate of cipher === null ? candidates(key, sealed) : [cipher]) {
      const text = await openWith(candidate, key.bareKey, sealed);
      if (text !== undefined) return { text, cipher: candidate };
    }
    throw new ProviderError('CONFLICT', {
      provider: PROVIDER,
      message: 'The ciphertext cannot be opened with this key.',
      path: ['ciphertext'],
    });
  }
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

function decode(ciphertext: string): Buffer {
  const sealed = Buffer.from(ciphertext, 'base64');
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(ciphertext) && sealed.length <= 2 * LIMITS.textBytes;
  if (!isBase64) {
    throw invalidInput(['ciphertext'], `ciphertext must be base64 of at most ${2 * LIMITS.textBytes} bytes.`);
  }
  return sealed;
}
