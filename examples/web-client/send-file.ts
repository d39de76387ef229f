import { ask, take } from './ask.js';
import type { Connection } from './connect.js';
import {
  AnnounceFileDocument,
  OpenSafeBoxDocument,
  ReserveSafeBoxDocument,
  SignInDocument,
  type SignInToSafeBoxInput,
} from './generated.js';

/** Signs in at SendSecure; the session stays on the server, under the caller. */
export async function signIn({ graph }: Connection, input: SignInToSafeBoxInput): Promise<void> {
  const { signInToSafeBox } = await ask(graph, SignInDocument, { input });
  take(signInToSafeBox, 'session');
}

/** Opens a SafeBox for somebody with one file in it. @returns the id of the SafeBox */
export async function sendFile(
  { graph, url }: Connection,
  { fileName, content, recipient }: { fileName: string; content: Blob; recipient: string },
): Promise<string> {
  const { initializeSafeBox } = await ask(graph, ReserveSafeBoxDocument, {});
  const { id: draftId } = take(initializeSafeBox, 'draft');

  const { createSafeBoxUpload } = await ask(graph, AnnounceFileDocument, {
    input: {
      safeBoxId: draftId,
      fileName,
      contentType: content.type || 'application/octet-stream',
      sizeBytes: content.size,
    },
  });
  const ticket = take(createSafeBoxUpload, 'ticket');
  // The bytes do not pass through the graph. Whoever has the ticket may use it, so it needs no token.
  const sent = await fetch(new URL(ticket.url, url), {
    method: ticket.method,
    headers: ticket.headers.map(({ name, value }): [string, string] => [name, value]),
    body: content,
  });
  if (!sent.ok) throw new Error(`The file was not taken: ${await sent.text()}`);

  const { commitSafeBox } = await ask(graph, OpenSafeBoxDocument, {
    input: {
      draftId,
      subject: fileName,
      recipients: [{ email: recipient }],
      uploads: [take(createSafeBoxUpload, 'attachment').id],
    },
  });
  return take(commitSafeBox, 'safeBoxId');
}
