/** Redis cannot be used. The message is one sentence for whoever starts the program; it holds no address and no secret. */
export class RedisUnavailableError extends Error {
  override readonly name = 'RedisUnavailableError';
}
