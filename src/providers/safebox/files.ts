import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { invalidInput, ProviderError } from '../../provider-error.js';
import type { HttpClient, HttpStreamResponse } from '../kit/http-client.js';
import { HttpResponse } from '../kit/http-response.js';
import { json, understand } from '../kit/answer.js';
import { readBody } from '../kit/read-body.js';
import type { Bearer } from './api.js';
import { toCamelCase } from './case.js';
import { fromAnswer, PROVIDER } from './errors.js';
import { uploadedFile } from './wire/box.js';

/** A file on its way to the provider. */
export interface OutgoingFile {
  readonly fileName: string;
  /** MIME type. */
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Exactly `sizeBytes` long, or it fails; read as fast as the provider takes it. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** The file server: whoever has a URL may use it, so no token is ever sent there (dossier op 7). */
export interface FileCalls {
  /** Streams a file to a URL that the provider gave; answers the id of the temporary document. */
  upload(uploadUrl: string, file: OutgoingFile, call?: Bearer): Promise<string>;
  /** Opens a file, or an audit record, behind a URL that the provider gave. */
  download(url: string, call?: Bearer): Promise<HttpStreamResponse>;
}

const uploaded = json(uploadedFile, toCamelCase);
const MAX_ANSWER_BYTES = 64 * 1024;

export function fileCalls(http: HttpClient): FileCalls {
  return {
    async upload(uploadUrl, file, { requestId, id, fairnessKey: caller = id } = {}) {
      const boundary = `sealgraph-${randomUUID()}`;
      const { head, tail } = frame(boundary, file);
      const response = await http.stream({
        operation: 'uploadAttachment',
        kind: 'write',
        method: 'POST',
        url: uploadUrl,
        requestId,
        caller,
        headers: {
          'content-type': `multipart/form-data; boundary=${boundary}`,
          'content-length': String(head.length + file.sizeBytes + tail.length),
          accept: 'application/json',
        },
        body: Readable.from(framed(head, file, tail), { objectMode: false }),
      });
      const source = { provider: PROVIDER, operation: 'uploadAttachment', kind: 'write' } as const;
      const body = await readBody(response.body, MAX_ANSWER_BYTES, source);
      const answer = new HttpResponse(response.status, response.headers, body, source);
      if (!answer.isSuccess) throw fromAnswer(answer, undefined);
      return understand(uploaded, answer).temporaryDocument.documentGuid;
    },
    async download(url, { requestId, id, fairnessKey: caller = id } = {}) {
      const operation = 'downloadFile';
      const response = await http.stream({ operation, kind: 'read', method: 'GET', url, requestId, caller });
      if (response.status === 200) return response;
      response.body.destroy();
      const { status, headers } = response;
      throw fromAnswer(
        new HttpResponse(status, headers, Buffer.alloc(0), {
          provider: PROVIDER,
          operation: 'downloadFile',
          kind: 'read',
        }),
        undefined,
      );
    },
  };
}

/** The canonical form of the vendor's clients: one part named `file`, its name in UTF-8. */
function frame(boundary: string, { fileName, contentType }: OutgoingFile): { head: Buffer; tail: Buffer } {
  // A quoted string (RFC 9110): the name arrives as it is. Control characters, which it cannot hold, were refused before.
  const name = fileName.replace(/["\\]/g, '\\$&');
  return {
    head: Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${contentType}\r\n\r\n`,
    ),
    tail: Buffer.from(`\r\n--${boundary}--\r\n`),
  };
}

async function* framed(
  head: Buffer,
  { content, sizeBytes }: OutgoingFile,
  tail: Buffer,
): AsyncGenerator<Uint8Array> {
  yield head;
  let sent = 0;
  for await (const chunk of content) {
    sent += chunk.length;
    if (sent > sizeBytes) throw new ProviderError('TOO_LARGE');
    yield chunk;
  }
  if (sent < sizeBytes)
    throw invalidInput([], 'MALFORMED', 'The body must have exactly the bytes that were announced.');
  yield tail;
}
