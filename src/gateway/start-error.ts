/** The gateway cannot start. The message is one sentence for the person who starts it, naming what is wrong. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
