import { StoreUnavailableError } from '../provider-error.js';

// Replies by which a server says that it cannot serve now. Any other error reply is a fault of ours.
const PASSING_REPLIES = /^(LOADING|READONLY|MASTERDOWN|MISCONF|OOM|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS)\b/;

/**
 * Waits for what Redis answers.
 * @throws {StoreUnavailableError} when Redis is away or cannot serve now.
 */
export async function answerOf<Answer>(reply: Promise<Answer>): Promise<Answer> {
  try {
    return await reply;
  } catch (error) {
    const isReply = error instanceof Error && error.name === 'ReplyError';
    if (isReply && !PASSING_REPLIES.test(error.message)) throw error;
    throw new StoreUnavailableError(error);
  }
}
