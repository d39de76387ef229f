import { ConfigError } from './config-error.js';

/** What is wrong with the address that could not be listened on; the error itself when it is something else. */
export function listenProblem(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new ConfigError('PORT', `is ${port}, which another process listens on.`);
    case 'EACCES':
      return new ConfigError('PORT', `is ${port}, which this user may not listen on.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError('HOST', 'is no address of this machine.');
    default:
      return error;
  }
}
