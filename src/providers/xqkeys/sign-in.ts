import type { Api } from './api.js';
import type { Meanings } from './errors.js';

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
  requestAccess(request: AccessRequest): Promise<string>;
  /** @throws ProviderError WRONG_SECRET (code_validate) */
  confirm(preAuthToken: string, pin: string): Promise<void>;
  /** @throws ProviderError SIGN_IN_REQUIRED as long as neither PIN nor link was used (exchange_key) */
  exchange(preAuthToken: string, options: ExchangeOptions): Promise<string>;
  /** An access token at once, without any proof (authorize_alias). */
  alias(request: AliasRequest): Promise<string>;
  /** For the dashboard, from an access token; of this team, or of the one the token is bound to. */
  dashboard(accessToken: string, businessId: string | null): Promise<string>;
  /** A twin of the token that lives for a very short time (delegate). */
  delegate(accessToken: string): Promise<string>;
  /** Ends this one token (authorization). */
  signOut(accessToken: string): Promise<void>;
}

const WRONG_PIN: Meanings = {
  401: {
    code: 'WRONG_SECRET',
    message: 'The PIN is not right, or was used already, or the request has lapsed.',
    path: ['pin'],
  },
};
const NOT_CONFIRMED: Meanings = {
  401: {
    code: 'SIGN_IN_REQUIRED',
    message: 'The request is not confirmed yet by PIN or link, or it has lapsed.',
  },
};
const NO_DASHBOARD: Meanings = {
  401: { code: 'FORBIDDEN', message: 'The provider opens no dashboard for this session.' },
};
const BAD_USER: Meanings = {
  400: {
    code: 'INVALID_INPUT',
    message: 'user must be an e-mail address or a phone number.',
    path: ['user'],
  },
};
const REGISTERED: Meanings = {
  409: {
    code: 'CONFLICT',
    message: 'The address belongs to a registered account: request access instead.',
    path: ['user'],
  },
};

export function signInCalls(api: Api): SignInCalls {
  return {
    requestAccess: (request) =>
      api.text({
        operation: 'authorize_user',
        service: 'subscription',
        kind: 'write',
        method: 'POST',
        path: ['authorize'],
        token: null,
        json: request,
        meanings: BAD_USER,
      }),
    confirm: (token, pin) =>
      api.send({
        operation: 'code_validate',
        service: 'subscription',
        kind: 'write',
        method: 'GET',
        path: ['codevalidation'],
        query: { pin },
        token,
        meanings: WRONG_PIN,
      }),
    exchange: (token, { businessId, selector }) =>
      api.text({
        operation: 'exchange_key',
        service: 'subscription',
        // A success uses up the token.
        kind: 'write',
        method: 'GET',
        path: ['exchange'],
        query: { b: businessId, selector },
        token,
        meanings: NOT_CONFIRMED,
      }),
    alias: (request) =>
      api.text({
        operation: 'authorize_alias',
        service: 'subscription',
        kind: 'write',
        method: 'POST',
        path: ['authorizealias'],
        token: null,
        json: request,
        meanings: REGISTERED,
      }),
    dashboard: (token, businessId) =>
      api.text({
        operation: 'login_verify',
        service: 'dashboard',
        kind: 'read',
        method: 'GET',
        path: ['login', 'verify'],
        query: { request: 'sub', bid: businessId },
        token,
        meanings: NO_DASHBOARD,
      }),
    delegate: (token) =>
      api.text({
        operation: 'delegate',
        service: 'subscription',
        kind: 'read',
        method: 'GET',
        path: ['delegate'],
        token,
      }),
    signOut: (token) =>
      api.send({
        operation: 'delete_authorization',
        service: 'subscription',
        kind: 'write',
        method: 'DELETE',
        path: ['authorization'],
        token,
      }),
  };
}
