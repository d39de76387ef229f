import type { Environment } from './environment.js';
import { list, milliseconds, url, wholeNumber } from './fields.js';
import { Secret } from './secret.js';
import { parseSettings } from './settings.js';

/** How providers are called. */
export interface CallConfig {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly callTimeoutMs: number;
  /** Calls in flight at one provider. */
  readonly concurrency: number;
  /** Undefined: providers are called directly. */
  readonly proxy: ProxyConfig | undefined;
}

/** By which proxy providers are called. */
export interface ProxyConfig {
  /** May hold a password. */
  readonly url: Secret;
  /** Hosts that are called directly. */
  readonly except: readonly string[];
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
  HTTPS_PROXY: url('http', 'https')
    .transform((address) => new Secret(address))
    .optional()
    .describe(
      'Proxy by which providers are called; what is encrypted passes through it unread. May be secret.',
    ),
  NO_PROXY: list()
    .default([])
    .describe('Hosts that are called without the proxy, separated by commas; this machine is one of them.'),
};

/** @throws ConfigError */
export function readCallConfig(environment: Environment): CallConfig {
  const settings = parseSettings(callSettings, environment);
  return {
    connectTimeoutMs: settings.PROVIDER_CONNECT_TIMEOUT_MS,
    headersTimeoutMs: settings.PROVIDER_HEADERS_TIMEOUT_MS,
    callTimeoutMs: settings.PROVIDER_CALL_TIMEOUT_MS,
    concurrency: settings.PROVIDER_CONCURRENCY,
    proxy: settings.HTTPS_PROXY && { url: settings.HTTPS_PROXY, except: settings.NO_PROXY },
  };
}
