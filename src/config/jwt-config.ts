import type { Secret } from './secret.js';

/** What access tokens are verified with. */
export type JwtKey =
  | { readonly type: 'jwks'; readonly url: string }
  /** PEM text, read from the configured file. */
  | { readonly type: 'publicKey'; readonly pem: string }
  | { readonly type: 'secret'; readonly secret: Secret };

/** How the access tokens of one issuer are verified. */
export interface JwtConfig {
  readonly key: JwtKey;
  readonly issuer: string;
  readonly audience: string;
  /** Claim that holds the caller's tenant. Undefined: all its callers are of the one of `tenants`. */
  readonly tenantClaim: string | undefined;
  /** The tenants that it may issue tokens for. Undefined: any, for there is no other issuer. */
  readonly tenants: readonly string[] | undefined;
  readonly algorithms: readonly string[];
}
