import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { OctetString } from 'asn1js';
import {
  CertBag,
  Certificate,
  ContentInfo,
  EncryptedData,
  id_ContentType_Data,
  id_ContentType_EncryptedData,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeContents,
  SignedData,
  type SafeBag,
} from 'pkijs';
import { z } from 'zod';
import { GuardError } from '../guard-error.js';
import { decryptLegacy } from './legacy-encryption.js';

// What pkijs leaves untyped.
const openedSafeSchema = z.object({
  safeContents: z.array(z.object({ value: z.instanceof(SafeContents) })),
});

/** A private key and the certificate that belongs to it. */
export interface Identity {
  readonly key: KeyObject;
  /** PEM. */
  readonly certificate: string;
}

/**
 * Opens a PKCS12 file. It usually holds certificates of authorities too: the one of the key is taken.
 * @throws GuardError
 */
export async function readPkcs12(bytes: Buffer, passphrase: string): Promise<Identity> {
  const password = bufferOf(Buffer.from(passphrase, 'utf8'));
  const pfx = parse(() => PFX.fromBER(bufferOf(bytes)));
  // Without a code over it (`openssl pkcs12 -nomac`) only what is encrypted tells whether the password fits.
  const checkIntegrity = pfx.macData !== undefined;
  try {
    await pfx.parseInternalValues({ password, checkIntegrity });
  } catch {
    throw new GuardError(checkIntegrity ? 'wrongContainerPassword' : 'unreadableKey');
  }
  try {
    const bags = await openBags(pfx, password, passphrase);
    const [key] = bags.flatMap(({ bagValue }) => privateKeyIn(bagValue, passphrase));
    const certificates = bags.flatMap(({ bagValue }) =>
      bagValue instanceof CertBag && bagValue.parsedValue instanceof Certificate
        ? [pem(bagValue.parsedValue)]
        : [],
    );
    const certificate = certificates.find(
      (text) => key !== undefined && new X509Certificate(text).checkPrivateKey(key),
    );
    if (key !== undefined && certificate !== undefined) return { key, certificate };
  } catch {
    if (!checkIntegrity) throw new GuardError('wrongContainerPassword');
    // Below: a file of another make than the ones we read.
  }
  throw new GuardError('unreadableKey');
}

/** The certificates of a PKCS7 bundle, DER or PEM, as PEM. @throws GuardError */
export function readPkcs7Certificates(bytes: Buffer): string[] {
  const armored = /-----BEGIN (?:PKCS7|CMS)-----([^-]+)-----END/.exec(bytes.toString('latin1'))?.[1];
  const der = armored === undefined ? bytes : Buffer.from(armored, 'base64');
  const bundle = parse(() => new SignedData({ schema: ContentInfo.fromBER(bufferOf(der)).content }));
  const certificates = (bundle.certificates ?? []).filter((entry) => entry instanceof Certificate).map(pem);
  if (certificates.length === 0) throw new GuardError('unreadableKey');
  return certificates;
}

async function openBags(pfx: PFX, password: ArrayBuffer, passphrase: string): Promise<SafeBag[]> {
  const safe = pfx.parsedValue?.authenticatedSafe;
  if (safe === undefined) return [];
  safe.safeContents = safe.safeContents.map((content) => withoutLegacy(content, passphrase));
  const safeContents = safe.safeContents.map(({ contentType }) =>
    contentType === id_ContentType_Data ? {} : { password },
  );
  await safe.parseInternalValues({ safeContents });
  const opened = openedSafeSchema.parse(safe.parsedValue);
  return opened.safeContents.flatMap(({ value }) => value.safeBags);
}

// pkijs and Node know only what is in use today; anything older is opened before they see it.
function withoutLegacy(content: ContentInfo, passphrase: string): ContentInfo {
  if (content.contentType !== id_ContentType_EncryptedData) return content;
  const data = new EncryptedData({ schema: content.content });
  const { encryptedContentInfo } = data;
  const encrypted = encryptedContentInfo.getEncryptedContent();
  const plain = decryptLegacy(encryptedContentInfo.contentEncryptionAlgorithm, encrypted, passphrase);
  // Reading it changes the tags of what was read.
  if (plain === undefined)
    return new ContentInfo({ contentType: id_ContentType_EncryptedData, content: data.toSchema() });
  return new ContentInfo({
    contentType: id_ContentType_Data,
    content: new OctetString({ valueHex: bufferOf(plain) }),
  });
}

// Both kinds of bag are PKCS#8.
function privateKeyIn(bag: SafeBag['bagValue'], passphrase: string): KeyObject[] {
  if (!(bag instanceof PKCS8ShroudedKeyBag) && !(bag instanceof PrivateKeyInfo)) return [];
  const legacy =
    bag instanceof PKCS8ShroudedKeyBag
      ? decryptLegacy(bag.encryptionAlgorithm, bag.encryptedData.getValue(), passphrase)
      : undefined;
  const key = legacy ?? Buffer.from(bag.toSchema().toBER());
  return [createPrivateKey({ key, format: 'der', type: 'pkcs8', passphrase })];
}

function parse<Parsed>(read: () => Parsed): Parsed {
  try {
    return read();
  } catch {
    throw new GuardError('unreadableKey');
  }
}

function pem(certificate: Certificate): string {
  return new X509Certificate(Buffer.from(certificate.toSchema(true).toBER())).toString();
}

// pkijs takes whole buffers, not views into the pool that small ones of Node share.
function bufferOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
