import type { CallOptions } from '../kit/call-options.js';

/** With what a call to the API is made. Never logged, stored or put into a watch. */
export interface Access extends CallOptions {
  /** A user's own token, or the account's enterprise access token. */
  readonly kind: 'session' | 'enterprise';
  /** Names this credential without giving it away; another one after every sign-in. */
  readonly id: string;
  readonly token: string;
  /** The user signed in; null for the enterprise access token, which belongs to nobody. */
  readonly userId: string | null;
}

/** Names one credential of one owner; holds nothing secret, so it can be the key of a watch. */
export type AccessKey = {
  /** `ownerKey()` of whom the session belongs to. */
  readonly owner: string;
  /** `Access.id`. */
  readonly access: string;
};

/** Finds credentials again when it is time to read for those who watch. */
export interface Credentials {
  /** Undefined when the credential is no longer the owner's. */
  resolve(key: AccessKey): Promise<Access | undefined>;
}
