import { Constructed, ObjectIdentifier, type AsnType } from 'asn1js';
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
const ISSUER_AND_SERIAL: Shape = /^u16 u2$/;
const CERTIFICATES: Shape = /^(?:(?:u16|c[0-3])(?: |$))*$/;
const SEQUENCES: Shape = /^(?:u16(?: |$))*$/;

/**
 * Whether a signed message has the elements RFC 5652 gives it and no others: pkijs passes over more, OpenSSL refuses it.
 * What may be in attributes, certificates and revocation lists is theirs.
 */
export function isSignedMessage(message: AsnType): boolean {
  const explicit = isOf(message, MESSAGE) ? children(message)[1] : undefined;
  const signedData = isOf(explicit, /^u16$/) ? children(explicit)[0] : undefined;
  if (!isOf(signedData, SIGNED_DATA)) return false;
  const [, algorithms, content, ...rest] = children(signedData);
  const [certificates] = rest.filter(({ idBlock }) => tagOf(idBlock) === 'c0');
  const digests = new Set(children(algorithms).map(nameOf));
  return (
    areAlgorithms(children(algorithms)) &&
    isContent(content) &&
    (certificates === undefined || isOf(certificates, CERTIFICATES)) &&
    isOf(rest.at(-1), SEQUENCES) &&
    children(rest.at(-1)).every((signer) => isSigner(signer, digests))
  );
}

function isContent(node: AsnType | undefined): boolean {
  const [, content] = children(node);
  return isOf(node, CONTENT) && (content === undefined || isOf(content, /^u4$/));
}

/** @param digests named in front, where each signer's has to be: whoever reads forwards calculates no other */
function isSigner(node: AsnType, digests: ReadonlySet<string | undefined>): boolean {
  if (!isOf(node, SIGNER)) return false;
  const [, name, ...rest] = children(node);
  const algorithms = rest.filter(({ idBlock }) => tagOf(idBlock) === 'u16');
  const isNamed = name && (tagOf(name.idBlock) === 'c0' || isOf(name, ISSUER_AND_SERIAL));
  return isNamed === true && areAlgorithms(algorithms) && digests.has(algorithms[0] && nameOf(algorithms[0]));
}

function areAlgorithms(nodes: readonly AsnType[]): boolean {
  return nodes.every((node) => {
    return isOf(node, ALGORITHM) || (nameOf(node) === RSASSA_PSS && isOf(node, PSS_ALGORITHM));
  });
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
