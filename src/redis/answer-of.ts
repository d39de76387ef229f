import { StoreUnavailableError } from '../provider-error.js';

// Replies by which a server says that it cannot serve or keep now; Redis 6 puts its own words before what a script met.
// Any other error reply is a fault of ours.
const PASSING_REPLIES =
  /^(?:ERR Error running script .*: -)?(LOADING|READONLY|MASTERDOWN|MISCONF|OOM|CLUSTERDOWN|TRYAGAIN|BUSY|NOREPLICAS|NOAUTH|WRONGPASS|NOPERM)\b/;

// What a user may not do may be allowed again; within a script each version of Redis has words of its own for it.
const NOT_PERMITTED = /The user executing the script|ACL failure in script/;

/** Whether the server says that it takes no writes, being a replica. */
export function isReadOnly(reply: string): boolean {
  return PASSING_REPLIES.exec(reply)?.[1] === 'READONLY';
}

/**
 * Waits for what Redis answers.
 * @throws {StoreUnavailableError} when Redis is away or cannot serve now.
 */
export async function answerOf<Answer>(reply: Promise<Answer>): Promise<Answer> {
  try {
    return await reply;
  } catch (error) {
    const isReply = error instanceof Error && error.name === 'ReplyError';
    if (isReply && !PASSING_REPLIES.test(error.message) && !NOT_PERMITTED.test(error.message)) throw error;
    throw new StoreUnavailableError(error);
  }
}
