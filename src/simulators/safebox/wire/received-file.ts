import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { badParameter } from './refusal.js';

/** A file on its way in; `content` has to be read to its end. */
export interface ReceivedFile {
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  readonly content: Readable;
  /** Fires when the sender is gone. */
  readonly signal: AbortSignal;
}

/** Parts that hold the file: the second is one published client's. */
const FILE_PARTS = ['file', 'file_contents'];

const DEFAULT_NAME = 'file';
const DEFAULT_TYPE = 'application/octet-stream';

/**
 * Hands the one file of an upload to `take` while it arrives: a multipart form, or a raw body (dossier op 7).
 * @throws Refusal when there is no file in it
 */
export async function receiveFile<Result>(
  request: IncomingMessage,
  take: (file: ReceivedFile) => Promise<Result>,
): Promise<Result> {
  const type = request.headers['content-type'] ?? '';
  if (/^multipart\/form-data/i.test(type)) return receivePart(request, type, take);
  return take({
    name: nameInHeader(request.headers['content-disposition']) ?? DEFAULT_NAME,
    type: type === '' ? DEFAULT_TYPE : type,
    content: request,
    signal: new AbortController().signal,
  });
}

async function receivePart<Result>(
  request: IncomingMessage,
  type: string,
  take: (file: ReceivedFile) => Promise<Result>,
): Promise<Result> {
  const gone = new AbortController();
  let taken: Promise<Result> | undefined;
  try {
    const parser = new Busboy({ headers: { 'content-type': type } });
    parser.on('file', (part, content, name, _encoding, mimeType) => {
      if (taken !== undefined || !FILE_PARTS.includes(part)) {
        content.resume();
        return;
      }
      taken = take({ name: name || DEFAULT_NAME, type: mimeType, content, signal: gone.signal });
      taken.catch((error: unknown) => parser.destroy(error instanceof Error ? error : undefined));
    });
    await pipeline(request, parser);
  } catch {
    gone.abort();
    await taken?.catch(() => undefined);
    throw badParameter('malformedBody');
  }
  if (taken === undefined) throw badParameter('fileMissing');
  return taken;
}

// Plain names arrive as UTF-8 bytes, which Node reads as Latin-1; the extended form has its own encoding.
function nameInHeader(disposition: string | undefined): string | undefined {
  if (disposition === undefined) return undefined;
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return decode(extended.trim());
  const [, quoted, bare] = /filename=(?:"((?:\\.|[^"\\])*)"|([^;\s]+))/i.exec(disposition) ?? [];
  const name = quoted?.replace(/\\(.)/g, '$1') ?? bare;
  return name === undefined ? undefined : Buffer.from(name, 'latin1').toString('utf8');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
