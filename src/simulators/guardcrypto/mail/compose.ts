import { randomBytes } from 'node:crypto';
import type { Entity } from './entity.js';

const LINE_LENGTH = 76;

/** What of a mail is protected: the fields that describe its content, and the content. */
export function innerEntity(mail: Entity): string {
  const fields = mail.fields.filter(({ name }) => name.startsWith('content-')).map(({ raw }) => raw);
  return entityText(fields.length === 0 ? ['Content-Type: text/plain; charset=utf-8'] : fields, mail.body);
}

/** The mail as it is. */
export function mailBytes({ fields, body }: Entity): Buffer {
  const head = fields.map(({ raw }) => raw);
  return Buffer.from(entityText(head, body), 'latin1');
}

/** The mail with other content; its own header fields stay, in their order. */
export function withContent(mail: Entity, fields: readonly string[], body: string): Buffer {
  const kept = mail.fields.filter(({ name }) => !name.startsWith('content-') && name !== 'mime-version');
  const head = [...kept.map(({ raw }) => raw), 'MIME-Version: 1.0', ...fields];
  return Buffer.from(entityText(head, body), 'latin1');
}

export function entityText(fields: readonly string[], body: string): string {
  return `${fields.join('\r\n')}\r\n\r\n${body}`;
}

/** The body of a multipart entity and the boundary in it. */
export function multipartBody(parts: readonly string[]): { boundary: string; body: string } {
  const boundary = `=_${randomBytes(18).toString('hex')}`;
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return { boundary, body: `${body}--${boundary}--\r\n` };
}

/** Base64 in lines, as mail has it. */
export function base64Lines(bytes: Buffer): string {
  const text = bytes.toString('base64');
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += LINE_LENGTH)
    lines.push(text.slice(start, start + LINE_LENGTH));
  return `${lines.join('\r\n')}\r\n`;
}
