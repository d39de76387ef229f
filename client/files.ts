/** Where a file goes, or is, as the graph gives it. */
export interface Ticket {
  readonly url: string;
  readonly method?: string | undefined;
  readonly headers?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** How far a file has come; `totalBytes` where it is known. */
export interface Progress {
  readonly bytes: number;
  readonly totalBytes: number | undefined;
}

export interface TransferOptions {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A file was not taken, or not given. */
export class TransferError extends Error {
  override readonly name = 'TransferError';

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    options?: ErrorOptions,
  ) {
    super(status === 0 ? 'The file did not get through.' : `The file was refused with ${status}.`, options);
  }
}

/** Sends a file where its ticket says. The bytes are not asked of the ticket twice: each is good once. @throws TransferError */
export async function upload(
  url: string,
  { method = 'PUT', headers = [] }: Ticket,
  content: Blob,
  { onProgress, signal }: TransferOptions = {},
): Promise<void> {
  const pairs = headers.map(({ name, value }): [string, string] => [name, value]);
  // Of what fetch has sent of a Blob nobody is told; browsers tell it of an XMLHttpRequest.
  const status =
    onProgress !== undefined && typeof XMLHttpRequest !== 'undefined'
      ? await sendInBrowser(url, method, pairs, content, { onProgress, signal })
      : await send(url, method, pairs, counted(content, onProgress), signal);
  if (status < 200 || status > 299) throw new TransferError(status);
}

/** Fetches the file of a ticket. @throws TransferError */
export async function download(
  url: string,
  { method = 'GET', headers = [] }: Ticket,
  { onProgress, signal }: TransferOptions = {},
): Promise<Blob> {
  const response = await fetch(url, {
    method,
    headers: headers.map(({ name, value }): [string, string] => [name, value]),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new TransferError(0, { cause });
  });
  if (!response.ok) throw new TransferError(response.status);
  const length = response.headers.get('content-length');
  const totalBytes = length === null ? undefined : Number(length);
  const type = response.headers.get('content-type') ?? '';
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      parts.push(part.value);
      bytes += part.value.length;
      onProgress?.({ bytes, totalBytes });
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new TransferError(0, { cause });
  }
  return new Blob(parts, { type });
}

interface Body {
  readonly body: Blob | ReadableStream<Uint8Array>;
  readonly duplex?: 'half';
  readonly length?: number;
}

/** How much is sent between two reports. */
const PART_BYTES = 64 * 1024;

/** As it is, or counted on its way where that can be told. */
function counted(content: Blob, onProgress: TransferOptions['onProgress']): Body {
  if (onProgress === undefined) return { body: content };
  let bytes = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(sink) {
        const part = await content.slice(bytes, bytes + PART_BYTES).arrayBuffer();
        if (part.byteLength === 0) return sink.close();
        bytes += part.byteLength;
        sink.enqueue(new Uint8Array(part));
        onProgress({ bytes, totalBytes: content.size });
      },
    },
    // Nothing is taken before it can be sent, or it would count as sent.
    { highWaterMark: 0 },
  );
  return { body, duplex: 'half', length: content.size };
}

async function send(
  url: string,
  method: string,
  headers: [string, string][],
  { length, ...body }: Body,
  signal: AbortSignal | undefined,
): Promise<number> {
  const all =
    length === undefined ? headers : [...headers, ['content-length', String(length)] as [string, string]];
  const response = await fetch(url, { method, headers: all, ...body, ...(signal && { signal }) }).catch(
    (cause: unknown) => {
      signal?.throwIfAborted();
      throw new TransferError(0, { cause });
    },
  );
  await response.arrayBuffer();
  return response.status;
}

function sendInBrowser(
  url: string,
  method: string,
  headers: readonly (readonly [string, string])[],
  content: Blob,
  { onProgress, signal }: TransferOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open(method, url);
    for (const [name, value] of headers) call.setRequestHeader(name, value);
    call.upload.addEventListener('progress', ({ loaded }) =>
      onProgress?.({ bytes: loaded, totalBytes: content.size }),
    );
    call.addEventListener('load', () => resolve(call.status));
    call.addEventListener('error', () => reject(new TransferError(0)));
    call.addEventListener('abort', () => reject(signal?.reason));
    signal?.addEventListener('abort', () => call.abort(), { once: true });
    call.send(content);
  });
}
