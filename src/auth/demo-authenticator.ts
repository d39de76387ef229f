import type { Authenticator } from './authenticator.js';
import { DEFAULT_TENANT } from './caller-claims.js';

/** The sandbox's one caller: everybody is `demo` with these scopes, whatever they present. Never for real providers. */
export function createDemoAuthenticator(scopes: Iterable<string>): Authenticator {
  const caller = { tenant: DEFAULT_TENANT, subject: 'demo', scopes: new Set(scopes) };
  return { authenticate: () => Promise.resolve(caller) };
}
