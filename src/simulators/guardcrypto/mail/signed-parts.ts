import {
  decodedBody,
  isAsItStands,
  isClean,
  mediaTypeOf,
  parseEntity,
  partsOf,
  type Entity,
} from './entity.js';

/** A mail that is signed beside its content (RFC 1847). */
export interface SignedParts {
  /** As it was signed, one character for one byte. */
  readonly signed: string;
  readonly signature: Buffer;
}

/** Undefined unless it has two parts, and the second is by its type what the mail says of it. */
export function signedParts(mail: Entity, protocols: readonly string[]): SignedParts | undefined {
  const { type, parameters } = mediaTypeOf(mail);
  const isWhole = isAsItStands(mail) && type === 'multipart/signed';
  const isSigned = isWhole && protocols.includes(parameters.get('protocol') ?? '');
  const [signed, second, ...more] = (isSigned ? partsOf(mail) : undefined) ?? [];
  if (signed === undefined || second === undefined || more.length > 0) return undefined;
  const entity = parseEntity(second);
  if (!isClean(entity) || !protocols.includes(mediaTypeOf(entity).type)) return undefined;
  const signature = decodedBody(entity);
  return signature && { signed, signature };
}
