import { webcrypto } from 'node:crypto';
import {
  AuthenticatedSafe,
  CertBag,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  id_ContentType_Data,
  id_ContentType_SignedData,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeBag,
  SafeContents,
  SignedData,
} from 'pkijs';

const CERT_BAG = '1.2.840.113549.1.12.10.1.3';
const KEY_BAG = '1.2.840.113549.1.12.10.1.2';

/** A PKCS12 file as browsers and OpenSSL export it. @param key PKCS#8 DER. @param certificates DER, in this order. */
export async function writePkcs12(
  key: Buffer,
  certificates: readonly Buffer[],
  passphrase: string,
): Promise<Buffer> {
  const password = exact(Buffer.from(passphrase));
  const bags = certificates.map(
    (der) =>
      new SafeBag({
        bagId: CERT_BAG,
        bagValue: new CertBag({ parsedValue: Certificate.fromBER(exact(der)) }),
      }),
  );
  const shrouded = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(exact(key)) });
  const iv = webcrypto.getRandomValues(new Uint8Array(16));
  const encryption = {
    password,
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256, iv },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: 2048,
  };
  await shrouded.makeInternalValues(encryption);
  const safe = new AuthenticatedSafe({
    parsedValue: {
      safeContents: [
        { privacyMode: 1, value: new SafeContents({ safeBags: bags }) },
        {
          privacyMode: 0,
          value: new SafeContents({ safeBags: [new SafeBag({ bagId: KEY_BAG, bagValue: shrouded })] }),
        },
      ],
    },
  });
  await safe.makeInternalValues({ safeContents: [encryption, {}] });
  const pfx = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  await pfx.makeInternalValues({
    password,
    iterations: 2048,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  });
  return Buffer.from(pfx.toSchema().toBER());
}

/** A PKCS7 bundle of certificates alone. @param certificates DER. */
export function writePkcs7(certificates: readonly Buffer[]): Buffer {
  const bundle = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: id_ContentType_Data }),
    certificates: certificates.map((der) => Certificate.fromBER(exact(der))),
  });
  const wrapped = new ContentInfo({ contentType: id_ContentType_SignedData, content: bundle.toSchema(true) });
  return Buffer.from(wrapped.toSchema().toBER());
}

function exact(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
