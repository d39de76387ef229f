import { randomUUID } from 'node:crypto';
import { invalidInput } from '../../../../provider-error.js';
import { MimeEntity } from './entity.js';
import { canonicalLines } from './lines.js';

/** What of a mail is encrypted, and the fields that stay readable around it. */
export interface OpenedMail {
  /** Header fields of content and the content, ready to be encrypted. */
  readonly inner: Buffer;
  /** The mail with other content. */
  wrap(content: WrappedContent): Buffer;
}

export interface WrappedContent {
  /** Header fields that describe it. */
  readonly fields: readonly string[];
  /** ASCII, CRLF. */
  readonly body: string;
}

/** @throws ProviderError `INVALID_INPUT` when the bytes are no mail */
export function openMail(bytes: Buffer): OpenedMail {
  const mail = MimeEntity.parseMail(bytes);
  if (mail === undefined)
    throw invalidInput(['content'], 'MALFORMED', 'content must be a mail with header fields.');
  if (!mail.isOnlyFields)
    throw invalidInput(['content'], 'MALFORMED', 'content has a line in its header that is no header field.');
  const ofContent = mail.fields.filter((field) => /^content-/i.test(field));
  const ofMail = mail.fields.filter((field) => !/^(?:content-|mime-version\s*:)/i.test(field));
  return {
    inner: assemble(
      ofContent.length > 0 ? ofContent : [PLAIN_TEXT],
      canonicalLines(Buffer.from(mail.body, 'latin1')),
    ),
    wrap: ({ fields, body }) =>
      assemble([...ofMail, 'MIME-Version: 1.0', ...fields], Buffer.from(body, 'latin1')),
  };
}

const PLAIN_TEXT = 'Content-Type: text/plain; charset=utf-8';

function assemble(fields: readonly string[], body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([...fields, '', ''].join('\r\n'), 'latin1'), body]);
}

/** Parts with a boundary that is in none of them. */
export function multipart(parts: readonly WrappedContent[]): {
  readonly boundary: string;
  readonly body: string;
} {
  const boundary = `sealed-${randomUUID()}`;
  const lines = parts.flatMap(({ fields, body }) => [`--${boundary}`, ...fields, '', body]);
  return { boundary, body: [...lines, `--${boundary}--`, ''].join('\r\n') };
}
