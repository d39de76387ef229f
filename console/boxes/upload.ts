import { command } from '../graph/client.js';
import {
  AnnounceFileDocument,
  OpenBoxDocument,
  ReplyDocument,
  ReserveBoxDocument,
} from '../graph/generated.js';

/** Told how much of the files has gone out, 0 to 1. */
export type OnProgress = (share: number) => void;

/** Opens a SafeBox with these files in it. @returns its id. @throws Error */
export async function sendInNewBox(
  files: readonly File[],
  { subject, recipient }: { subject: string; recipient: string },
  onProgress: OnProgress,
): Promise<string | null> {
  const { draft } = await command(ReserveBoxDocument, {});
  if (!draft) throw new Error('No SafeBox was reserved.');
  const uploads = await sendAll(draft.safeBoxId, files, onProgress);
  const { safeBoxId } = await command(OpenBoxDocument, {
    input: {
      draftId: draft.safeBoxId,
      subject,
      message: 'Please read.',
      recipients: [{ email: recipient }],
      uploads,
    },
  });
  return safeBoxId;
}

/** Replies with a text and files. @throws Error */
export async function sendReply(
  id: string,
  message: string,
  files: readonly File[],
  onProgress: OnProgress,
): Promise<void> {
  const uploads = await sendAll(id, files, onProgress);
  await command(ReplyDocument, { input: { id, message, consent: true, uploads } });
}

async function sendAll(safeBoxId: string, files: readonly File[], onProgress: OnProgress): Promise<string[]> {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const ids: string[] = [];
  let sent = 0;
  for (const file of files) {
    const { attachment, ticket } = await command(AnnounceFileDocument, {
      input: {
        safeBoxId,
        fileName: file.name,
        contentType: file.type || 'application/octet-stream',
        sizeBytes: file.size,
      },
    });
    if (!attachment || !ticket) throw new Error(`No place was given for ${file.name}.`);
    await put(ticket, file, (bytes) => onProgress(total === 0 ? 1 : (sent + bytes) / total));
    sent += file.size;
    ids.push(attachment.id);
  }
  return ids;
}

interface Ticket {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

// Not fetch: it does not tell how much has gone out.
function put({ url, method, headers }: Ticket, file: File, onBytes: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const { name, value } of headers) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onBytes(loaded);
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(new Error(`${file.name} was not taken: ${request.responseText}`));
    request.onerror = () => reject(new Error(`${file.name} broke off on the way.`));
    request.send(file);
  });
}
