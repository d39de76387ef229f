import { Constructed, ObjectIdentifier, type AsnType } from 'asn1js';
import { isKnownHash } from './hashes.js';
import { RSASSA_PSS } from './pss.js';

/** What follows on another in a SEQUENCE or SET, by class and number of their tags. */
type Shape = RegExp;

// `u` is universal: 2 INTEGER, 4 OCTET STRING, 5 NULL, 6 OBJECT IDENTIFIER, 16 SEQUENCE, 17 SET; `c` is context-specific.
const MESSAGE: Shape = /^u6 c0$/;
const SIGNED_DATA: Shape = /^u2 u17 u16(?: c0)?(?: c1)? u17$/;
const ALGORITHM: Shape = /^u6(?: u5)?$/;
const PSS_ALGORITHM: Shape = /^u6 u16$/;
const CONTENT: Shape = /^u6(?: c0)?$/;
const SIGNER: Shape = /^u2 (?:u16|c0) u16(?: c0)? u16 u4(?: c1)?$/;
const ATTRIBUTE: Shape = /^u6 u17$/;
const ISSUER_AND_SERIAL: Shape = /^u16 u2$/;
const CERTIFICATES: Shape = /^(?:(?:u16|c[0-3])(?: |$))*$/;
const LIST: Shape = /^u16 u16 u3$/;
const SEQUENCES: Shape = /^(?:u16(?: |$))*$/;

/**
 * Whether a signed message has the elements RFC 5652 gives it and no others: pkijs passes over more, OpenSSL refuses it.
 * What may be in certificates, and further within attributes and revocation lists, is theirs.
 */
export function isSignedMessage(message: AsnType): boolean {
  const explicit = isOf(message, MESSAGE) ? children(message)[1] : undefined;
  const signedData = isOf(explicit, /^u16$/) ? children(explicit)[0] : undefined;
  if (!isOf(signedData, SIGNED_DATA)) return false;
  const [version, algorithms, content, ...rest] = children(signedData);
  const [certificates] = rest.filter(({ idBlock }) => tagOf(idBlock) === 'c0');
  const lists = rest.filter(({ idBlock }) => tagOf(idBlock) === 'c1').flatMap(children);
  const digests = new Set(children(algorithms).map(nameOf));
  const used = digestsOf(children(rest.at(-1)));
  return (
    isVersion(version) &&
    areAlgorithms(children(algorithms)) &&
    // One that is not known might be one whoever reads forwards has to calculate.
    [...digests].every((digest) => used.has(digest) || isKnownHash(digest)) &&
    lists.every((list) => tagOf(list.idBlock) === 'c1' || isOf(list, LIST)) &&
    isContent(content) &&
    (certificates === undefined || isOf(certificates, CERTIFICATES)) &&
    isOf(rest.at(-1), SEQUENCES) &&
    children(rest.at(-1)).every((signer) => isSigner(signer, digests))
  );
}

/**
 * Whether a signed message names the digests of its signers alone: others could tell something.
 * @param message as `isSignedMessage` takes it
 */
export function namesNoMore(message: AsnType): boolean {
  const [, algorithms, , ...rest] = children(children(children(message)[1])[0]);
  const used = digestsOf(children(rest.at(-1)));
  return children(algorithms).every((algorithm) => used.has(nameOf(algorithm)));
}

function digestsOf(signers: readonly AsnType[]): ReadonlySet<string | undefined> {
  return new Set(signers.map((signer) => children(signer)[2]).map((digest) => digest && nameOf(digest)));
}

function isContent(node: AsnType | undefined): boolean {
  const [, content] = children(node);
  return isOf(node, CONTENT) && (content === undefined || isOf(content, /^u4$/));
}

/** @param digests named in front, where each signer's has to be: whoever reads forwards calculates no other */
function isSigner(node: AsnType, digests: ReadonlySet<string | undefined>): boolean {
  if (!isOf(node, SIGNER)) return false;
  const [version, name, ...rest] = children(node);
  const algorithms = rest.filter(({ idBlock }) => tagOf(idBlock) === 'u16');
  const attributes = rest.filter(({ idBlock }) => idBlock.tagClass === CONTEXT).flatMap(children);
  const isNamed = name && (tagOf(name.idBlock) === 'c0' || isOf(name, ISSUER_AND_SERIAL));
  return (
    isVersion(version) &&
    isNamed === true &&
    attributes.every((one) => isOf(one, ATTRIBUTE)) &&
    areAlgorithms(algorithms) &&
    digests.has(algorithms[0] && nameOf(algorithms[0]))
  );
}

function areAlgorithms(nodes: readonly AsnType[]): boolean {
  return nodes.every((node) => {
    const [, parameters] = children(node);
    // NULL, which a parser may pass over with all that stands in it, is two octets.
    const isBare = parameters === undefined || parameters.valueBeforeDecodeView.length === 2;
    return (isBare && isOf(node, ALGORITHM)) || (nameOf(node) === RSASSA_PSS && isOf(node, PSS_ALGORITHM));
  });
}

function isVersion(node: AsnType | undefined): boolean {
  return node?.valueBlock.blockLength === 1;
}

/** The object identifier of an algorithm. */
function nameOf(node: AsnType): string | undefined {
  const [name] = children(node);
  return name instanceof ObjectIdentifier ? name.valueBlock.toString() : undefined;
}

function isOf(node: AsnType | undefined, shape: Shape): boolean {
  return (
    node instanceof Constructed &&
    shape.test(
      children(node)
        .map(({ idBlock }) => tagOf(idBlock))
        .join(' '),
    )
  );
}

function children(node: AsnType | undefined): readonly AsnType[] {
  return node instanceof Constructed ? node.valueBlock.value : [];
}

function tagOf({ tagClass, tagNumber }: AsnType['idBlock']): string {
  return `${tagClass === UNIVERSAL ? 'u' : tagClass === CONTEXT ? 'c' : '?'}${tagNumber}`;
}

const [UNIVERSAL, CONTEXT] = [1, 3];
