import type { Beside } from '../reports.js';
import { MimeEntity } from './entity.js';

/** The two parts of a `multipart/signed` mail. */
export interface SignedParts {
  /** The first part as it was signed. */
  readonly content: Buffer;
  /** What the second part carries. */
  readonly signature: Buffer;
  readonly beside: Beside;
}

/**
 * Undefined when the mail is none, is not signed with one of these protocols, has other than two parts, or the second is
 * no such signature by what it says itself: some readers would show it.
 */
export function signedParts(mail: MimeEntity, protocols: readonly string[]): SignedParts | undefined {
  const protocol = mail.parameter('protocol')?.toLowerCase() ?? '';
  if (mail.mediaType !== 'multipart/signed' || !protocols.includes(protocol)) return undefined;
  const { parts: [content, signature, ...more] = [], isAlone = true } = mail.parts() ?? {};
  if (content === undefined || signature === undefined || more.length > 0) return undefined;
  const second = MimeEntity.parse(signature);
  if (!mail.isAsItStands || !mail.isOnlyFields || !second.isOnlyFields) return undefined;
  const signatureBytes = protocols.includes(second.mediaType) ? second.content() : undefined;
  return (
    signatureBytes && {
      content: MimeEntity.parse(content).canonical(),
      signature: signatureBytes,
      beside: isAlone ? 'NOTHING' : 'HIDDEN',
    }
  );
}
