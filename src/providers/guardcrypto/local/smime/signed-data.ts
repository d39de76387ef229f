import { Constructed, fromBER } from 'asn1js';
import {
  ContentInfo,
  id_ContentType_EncryptedData,
  id_ContentType_EnvelopedData,
  id_ContentType_SignedData,
  SignedData,
} from 'pkijs';
import { isSignedMessage } from './message-shape.js';
import { ParsedCertificate } from './parsed-certificate.js';

/** A CMS message (RFC 5652) as far as its signatures need it. */
export interface OpenedSignedData {
  readonly kind: 'SIGNED';
  readonly structure: SignedData;
  /** What stands inside; undefined: it is somewhere else. */
  readonly content: Buffer | undefined;
  /** That came along and can be read. */
  readonly certificates: readonly ParsedCertificate[];
  /** Whether nothing but line ends stands behind it. */
  readonly isAlone: boolean;
}

const ENCRYPTED_TYPES: ReadonlySet<string> = new Set([
  id_ContentType_EnvelopedData,
  id_ContentType_EncryptedData,
  // AuthEnvelopedData
  '1.2.840.113549.1.9.16.1.23',
]);

/** Parts of a message at the most. Its content may come in many: of the largest one, in parts of a thousand bytes. */
const MAX_NODES = 50_000;

/** Opens DER or BER. Undefined when it is something else than signed or encrypted. */
export function openSignedData(bytes: Buffer): OpenedSignedData | { readonly kind: 'ENCRYPTED' } | undefined {
  try {
    const limits = { maxContentLength: bytes.length, maxNodes: MAX_NODES };
    const { result, offset } = fromBER(new Uint8Array(bytes), limits);
    const info = new ContentInfo({ schema: result });
    if (ENCRYPTED_TYPES.has(info.contentType)) return { kind: 'ENCRYPTED' };
    if (info.contentType !== id_ContentType_SignedData || !isSignedMessage(result)) return undefined;
    const certificates = certificatesIn(info.content);
    const structure = new SignedData({ schema: info.content });
    const content = structure.encapContentInfo.eContent?.getValue();
    const isAlone = bytes.subarray(offset).toString('latin1').trim() === '';
    return { kind: 'SIGNED', structure, content: content && Buffer.from(content), certificates, isAlone };
  } catch {
    // Whatever trips over it: it is not what it should be.
    return undefined;
  }
}

/** Cut out byte by byte, because what is signed must not be written anew. */
function certificatesIn(signedData: unknown): ParsedCertificate[] {
  const fields = signedData instanceof Constructed ? signedData.valueBlock.value : [];
  const field = fields.find(({ idBlock }) => idBlock.tagClass === CONTEXT && idBlock.tagNumber === 0);
  const list = field instanceof Constructed ? field.valueBlock.value : [];
  return list.flatMap((one) => ParsedCertificate.parse(one.valueBeforeDecodeView) ?? []);
}

const CONTEXT = 3;
