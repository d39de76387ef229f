import type { Environment } from './environment.js';
import { milliseconds, wholeNumber } from './fields.js';
import { parseSettings } from './settings.js';

/** How providers are called. */
export interface CallConfig {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly callTimeoutMs: number;
  /** Calls in flight at one provider. */
  readonly concurrency: number;
}

export const callSettings = {
  PROVIDER_CONNECT_TIMEOUT_MS: milliseconds()
    .default(2_000)
    .describe('How long connecting to a provider may take, TLS included.'),
  PROVIDER_HEADERS_TIMEOUT_MS: milliseconds()
    .default(5_000)
    .describe('How long a provider may take to begin its answer.'),
  PROVIDER_CALL_TIMEOUT_MS: milliseconds()
    .default(10_000)
    .describe('How long a call to a provider may take in all, repeated attempts included.'),
  PROVIDER_CONCURRENCY: wholeNumber(1, 10_000)
    .default(64)
    .describe('Most calls in flight at one provider, per process.'),
};

/** @throws ConfigError */
export function readCallConfig(environment: Environment): CallConfig {
  const settings = parseSettings(callSettings, environment);
  return {
    connectTimeoutMs: settings.PROVIDER_CONNECT_TIMEOUT_MS,
    headersTimeoutMs: settings.PROVIDER_HEADERS_TIMEOUT_MS,
    callTimeoutMs: settings.PROVIDER_CALL_TIMEOUT_MS,
    concurrency: settings.PROVIDER_CONCURRENCY,
  };
}
