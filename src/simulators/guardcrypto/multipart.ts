import { Busboy } from '@fastify/busboy';

/** One part of a multipart form, whatever type or file name it was sent with. */
export interface FormPart {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Reads a `multipart/form-data` body; `undefined` when it is not one. */
export function readMultipart(contentType: string, body: Buffer): Promise<FormPart[] | undefined> {
  return new Promise((resolve) => {
    const parts: { name: string; chunks: Buffer[] }[] = [];
    let parser: ReturnType<typeof Busboy>;
    try {
      // Every part as a file: a field's text is then not decoded before anybody asks for it.
      parser = Busboy({ headers: { 'content-type': contentType }, isPartAFile: () => true });
    } catch {
      resolve(undefined);
      return;
    }
    parser.on('file', (name, stream) => {
      const chunks: Buffer[] = [];
      parts.push({ name, chunks });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    });
    parser.on('error', () => resolve(undefined));
    parser.on('finish', () => {
      resolve(parts.map(({ name, chunks }) => ({ name, bytes: Buffer.concat(chunks) })));
    });
    parser.end(body);
  });
}
