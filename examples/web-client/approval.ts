import type { Client } from '@urql/core';
import { ask, take } from './ask.js';
import {
  FollowMessageDocument,
  SendMessageDocument,
  type FollowMessageSubscription,
  type SendTwoFactorMessageInput,
} from './generated.js';

/** One event in the life of a message. */
export type MessageChange = FollowMessageSubscription['twoFactorMessageChanged'];

/** Sends a message to people's phones. @returns its id */
export async function sendMessage(graph: Client, input: SendTwoFactorMessageInput): Promise<string> {
  const { sendTwoFactorMessage } = await ask(graph, SendMessageDocument, { input });
  return take(sendTwoFactorMessage, 'twoFactorMessage').id;
}

/** Tells every change of a message until `terminal`, over broken sockets too. @returns how to stop listening */
export function followMessage(
  graph: Client,
  id: string,
  { onChange, onError }: { onChange(change: MessageChange): void; onError(error: Error): void },
): () => void {
  let last: string | undefined;
  const events = graph.subscription(FollowMessageDocument, { id }).subscribe(({ data, error }) => {
    if (error) return onError(error);
    // urql gives the last result once more when the subscription completes.
    if (!data || data.twoFactorMessageChanged.cursor === last) return;
    last = data.twoFactorMessageChanged.cursor;
    onChange(data.twoFactorMessageChanged);
  });
  return () => events.unsubscribe();
}
