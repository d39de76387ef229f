import { ProviderError } from '../../provider-error.js';

/**
 * The URL, if it lies within the origins (scheme, host and port) that are configured; credentials never go elsewhere.
 * @throws ProviderError PROVIDER_PROTOCOL for any other one
 */
export function withinOrigins(url: string, origins: readonly string[]): URL {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  const allowed = origins.some((origin) => new URL(origin).origin === target?.origin);
  if (target === undefined || !allowed || target.username !== '' || target.password !== '') {
    throw new ProviderError('PROVIDER_PROTOCOL', {
      cause: new Error('a URL outside the configured origins'),
    });
  }
  return target;
}

/** `path` (it begins with a slash) below `base`, whose own path is kept. */
export function below(base: string, path: string): string {
  return base.replace(/(?<!\/)\/+$/, '') + path;
}
