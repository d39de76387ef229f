import type { Client } from 'sealgraph/client';
import {
  FollowMessageDocument,
  SendMessageDocument,
  type FollowMessageSubscription,
  type SendTwoFactorMessageInput,
} from './generated.js';
import { ProblemError } from './problem-error.js';

/** One event in the life of a message. */
export type MessageChange = FollowMessageSubscription['twoFactorMessageChanged'];

/** Sends a message to people's phones. @returns its id. @throws ProblemError */
export async function sendMessage(graph: Client, input: SendTwoFactorMessageInput): Promise<string> {
  const sent = await graph.command(SendMessageDocument, { input });
  if (!sent.ok || !sent.payload.twoFactorMessage) throw new ProblemError(sent);
  return sent.payload.twoFactorMessage.id;
}

/** Every change of a message until the last, over broken connections too. */
export function followMessage(graph: Client, id: string): AsyncIterable<MessageChange> {
  return graph.follow(FollowMessageDocument, { id });
}
