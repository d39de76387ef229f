import { ConfigError } from './config-error.js';

/** The settings that an address came from. */
export interface AddressSettings {
  readonly host: string;
  readonly port: string;
}

/**
 * What is wrong with the address that could not be listened on; the error itself when it is something else.
 * @param port - as it was set; where several ports follow from it, the one that is taken is told too
 */
export function listenProblem(
  error: unknown,
  port: number,
  settings: AddressSettings = { host: 'HOST', port: 'PORT' },
): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  switch (error.code) {
    case 'EADDRINUSE': {
      const taken = 'port' in error && typeof error.port === 'number' ? error.port : port;
      const problem =
        taken === port
          ? `is ${port}, which another process listens on.`
          : `is ${port}, but another process listens on ${taken}, one of those that follow.`;
      return new ConfigError(settings.port, problem);
    }
    case 'EACCES':
      return new ConfigError(settings.port, `is ${port}, which this user may not listen on.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(settings.host, 'is no address of this machine.');
    default:
      return error;
  }
}
