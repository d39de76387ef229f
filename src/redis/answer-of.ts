import { ProviderError } from '../provider-error.js';

// Replies by which a server says that it cannot serve now. Any other error reply is a fault of ours.
const PASSING_REPLIES = /^(LOADING|READONLY|MASTERDOWN|MISCONF|OOM|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS)\b/;

/**
 * Waits for what Redis answers.
 * @throws {ProviderError} PROVIDER_UNAVAILABLE, which may be tried again, when Redis is away or cannot serve now.
 */
export async function answerOf<Answer>(reply: Promise<Answer>): Promise<Answer> {
  try {
    return await reply;
  } catch (error) {
    const isReply = error instanceof Error && error.name === 'ReplyError';
    if (isReply && !PASSING_REPLIES.test(error.message)) throw error;
    throw new ProviderError('PROVIDER_UNAVAILABLE', {
      message: 'The store of this service cannot be reached; try again later.',
      cause: error,
    });
  }
}
