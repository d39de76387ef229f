import type { Client, Progress } from 'sealgraph/client';
import {
  AnnounceFileDocument,
  OpenSafeBoxDocument,
  ReserveSafeBoxDocument,
  SignInDocument,
  type SignInToSafeBoxInput,
} from './generated.js';
import { ProblemError } from './problem-error.js';

/** Signs in at SendSecure; the session stays on the server, under the caller. @throws ProblemError */
export async function signIn(graph: Client, input: SignInToSafeBoxInput): Promise<void> {
  const signedIn = await graph.command(SignInDocument, { input });
  if (!signedIn.ok) throw new ProblemError(signedIn);
}

export interface FileToSend {
  readonly fileName: string;
  readonly content: Blob;
  readonly recipient: string;
  readonly onProgress?: (progress: Progress) => void;
}

/** Opens a SafeBox for somebody with one file in it. @returns the id of the SafeBox. @throws ProblemError */
export async function sendFile(
  graph: Client,
  { fileName, content, recipient, onProgress }: FileToSend,
): Promise<string> {
  const reserved = await graph.command(ReserveSafeBoxDocument, {});
  if (!reserved.ok || !reserved.payload.draft) throw new ProblemError(reserved);
  const draftId = reserved.payload.draft.id;

  const contentType = content.type || 'application/octet-stream';
  const announced = await graph.command(AnnounceFileDocument, {
    input: { safeBoxId: draftId, fileName, contentType, sizeBytes: content.size },
  });
  if (!announced.ok || !announced.payload.ticket || !announced.payload.attachment)
    throw new ProblemError(announced);
  // The bytes do not pass through the graph. Whoever has the ticket may use it, so it needs no token.
  await graph.upload(announced.payload.ticket, content, { onProgress });

  const opened = await graph.command(OpenSafeBoxDocument, {
    input: {
      draftId,
      subject: fileName,
      recipients: [{ email: recipient }],
      uploads: [announced.payload.attachment.id],
    },
  });
  if (!opened.ok || !opened.payload.safeBoxId) throw new ProblemError(opened);
  return opened.payload.safeBoxId;
}
