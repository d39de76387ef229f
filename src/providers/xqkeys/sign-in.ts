import type { CallOptions } from '../kit/call-options.js';
import type { Api } from './api.js';

/** Who asks for access. */
export interface AccessRequest {
  /** E-mail address or phone number. */
  readonly user: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly newsletter: boolean;
  /** 0 none, 1 usage reports, 2 tutorials, 3 both. */
  readonly notifications: number;
}

export interface AliasRequest {
  /** Any name. */
  readonly user: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface ExchangeOptions {
  /** Team the access token is bound to; null for none. */
  readonly businessId: string | null;
  /** Unpublished; false is what works (doubt 3). */
  readonly selector: boolean;
}

/** How people and aliases get an access token. Tokens come and go as text. */
export interface SignInCalls {
  /** Sends a PIN and a link; answers the token for the two calls below (authorize_user). */
  requestAccess(request: AccessRequest, options?: CallOptions): Promise<string>;
  /** @throws ProviderError WRONG_SECRET (code_validate) */
  confirm(preAuthToken: string, pin: string, options?: CallOptions): Promise<void>;
  /** @throws ProviderError SIGN_IN_REQUIRED as long as neither PIN nor link was used (exchange_key) */
  exchange(preAuthToken: string, exchange: ExchangeOptions, options?: CallOptions): Promise<string>;
  /** An access token at once, without any proof (authorize_alias). */
  alias(request: AliasRequest, options?: CallOptions): Promise<string>;
  /** For the dashboard, from an access token; of this team, or of the one the token is bound to. */
  dashboard(accessToken: string, businessId: string | null, options?: CallOptions): Promise<string>;
  /** A twin of the token that lives for a very short time (delegate). */
  delegate(accessToken: string, options?: CallOptions): Promise<string>;
  /** Ends this one token (authorization). */
  signOut(accessToken: string, options?: CallOptions): Promise<void>;
}

export function signInCalls(api: Api): SignInCalls {
  return {
    requestAccess: (json, options = {}) => api(options, 'authorize_user', { json }),
    confirm: (token, pin, options) => api({ ...options, token }, 'code_validate', { query: { pin } }),
    exchange: (token, { businessId, selector }, options) =>
      api({ ...options, token }, 'exchange_key', { query: { b: businessId, selector } }),
    alias: (json, options = {}) => api(options, 'authorize_alias', { json }),
    dashboard: (token, businessId, options) =>
      api({ ...options, token }, 'login_verify', { query: { request: 'sub', bid: businessId } }),
    delegate: (token, options) => api({ ...options, token }, 'delegate'),
    signOut: (token, options) => api({ ...options, token }, 'delete_authorization'),
  };
}
