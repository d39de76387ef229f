import { fromBER, ObjectIdentifier, type AsnType } from 'asn1js';
import {
  id_ContentType_EncryptedData,
  id_ContentType_EnvelopedData,
  id_ContentType_SignedData,
  SignerInfo,
} from 'pkijs';
import { ProviderError } from '../../../../provider-error.js';
import type { Effort } from '../effort.js';
import { BerReader } from './ber-reader.js';
import { der, TAG } from './der.js';
import { isSignedMessage, namesNoMore } from './message-shape.js';

/** A CMS message (RFC 5652) as far as its signatures need it, cut out byte by byte: what is signed must not be written anew. */
export interface OpenedSignedData {
  readonly kind: 'SIGNED';
  /** What the content says it is: an object identifier. */
  readonly contentType: string;
  /** What stands inside; undefined: it is somewhere else. */
  readonly content: Buffer | undefined;
  /** That came along, unread. */
  readonly certificates: readonly Buffer[];
  /** Unread. */
  readonly signers: readonly Buffer[];
  /** Whether no revocation lists are in it, no digests that nobody needs, and nothing but line ends behind it. */
  readonly isAlone: boolean;
}

const ENCRYPTED_TYPES: ReadonlySet<string> = new Set([
  id_ContentType_EnvelopedData,
  id_ContentType_EncryptedData,
  // AuthEnvelopedData
  '1.2.840.113549.1.9.16.1.23',
]);

/**
 * Opens DER or BER. Undefined when it is something else than signed or encrypted.
 * @param path the field it comes from
 * @throws ProviderError `PROCESSING_LIMIT`
 */
export function openSignedData(
  bytes: Buffer,
  path: readonly string[],
  effort: Effort,
): OpenedSignedData | { readonly kind: 'ENCRYPTED' } | undefined {
  const list = (values: Iterable<Buffer>): Buffer[] =>
    Array.from(values, (value) => {
      effort.spend('cmsValues', path);
      return value;
    });
  try {
    const reader = new BerReader(bytes);
    reader.enter(TAG.sequence);
    const type = objectIdentifierOf(reader.take());
    if (ENCRYPTED_TYPES.has(type)) return { kind: 'ENCRYPTED' };
    if (type !== id_ContentType_SignedData) return undefined;
    reader.enter(TAG.constructed(0));
    const signedData = readSignedData(reader, path, list);
    reader.leave();
    reader.leave();
    if (signedData === undefined) return undefined;
    const isAlone = signedData.isAlone && bytes.subarray(reader.at).toString('latin1').trim() === '';
    return { kind: 'SIGNED', ...signedData, isAlone };
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    // Whatever trips over it: it is not what it should be.
    return undefined;
  }
}

function readSignedData(
  reader: BerReader,
  path: readonly string[],
  list: (values: Iterable<Buffer>) => Buffer[],
): Omit<OpenedSignedData, 'kind'> | undefined {
  reader.enter(TAG.sequence);
  const [version, algorithms] = [reader.take(), reader.take()];
  reader.enter(TAG.sequence);
  const type = reader.take();
  const content = reader.next === undefined ? undefined : readContent(reader);
  reader.leave();
  const certificates = reader.next === TAG.constructed(0) ? list(reader.takeEach(TAG.constructed(0))) : [];
  const lists = reader.next === TAG.constructed(1) ? list(reader.takeEach(TAG.constructed(1))) : undefined;
  const signers = list(reader.takeEach(TAG.set));
  reader.leave();
  // Of what may be long, only that it is there.
  const fields = [
    ...[version, algorithms, der(TAG.sequence, type, ...(content ? [HOLDS_CONTENT] : []))],
    der(TAG.constructed(0), ...certificates.map(([tag = 0]) => der(tag))),
    ...(lists ? [der(TAG.constructed(1), ...lists.map(outlineOf))] : []),
    der(TAG.set, ...signers),
  ];
  const message = parse(der(TAG.sequence, type, der(TAG.constructed(0), der(TAG.sequence, ...fields))), path);
  if (!isSignedMessage(message)) return undefined;
  const isAlone = !lists && namesNoMore(message);
  return { contentType: objectIdentifierOf(type), content, certificates, signers, isAlone };
}

/** A value with what it is made of, and what that is made of left out: lists may be very long. */
function outlineOf(value: Buffer): Buffer {
  const [tag = 0] = value;
  const parts = [...new BerReader(value).takeEach(tag)];
  return der(tag, ...parts.map(([part = 0]) => der(part)));
}

const HOLDS_CONTENT = der(TAG.constructed(0), der(TAG.octetString));

function readContent(reader: BerReader): Buffer {
  reader.enter(TAG.constructed(0));
  const content = reader.takeOctets();
  reader.leave();
  return content;
}

function objectIdentifierOf(bytes: Buffer): string {
  const value = parse(bytes);
  if (!(value instanceof ObjectIdentifier)) throw new RangeError('an object identifier expected');
  return value.valueBlock.toString();
}

/** @throws ProviderError `PROCESSING_LIMIT`, RangeError */
function parse(bytes: Buffer, path?: readonly string[]): AsnType {
  const { result, offset } = fromBER(new Uint8Array(bytes), { parseEmbedded: false });
  if (offset >= 0) return result;
  // So asn1js says that there are more values in it, or deeper within one another, than it reads.
  throw /^Maximum ASN\.1 (?!content length)/.test(result.error)
    ? new ProviderError('PROCESSING_LIMIT', { path })
    : new RangeError('no BER');
}

/** Undefined when it is none that can be read. @throws ProviderError `PROCESSING_LIMIT` */
export function readSigner(bytes: Buffer, path: readonly string[]): SignerInfo | undefined {
  try {
    return new SignerInfo({ schema: parse(bytes, path) });
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    return undefined;
  }
}
