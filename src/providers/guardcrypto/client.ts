import type { HttpClient } from '../kit/http-client.js';
import { accountCalls } from './account.js';
import type { AccountCalls } from './account.js';
import { createApi } from './api.js';
import type { ApiOptions } from './api.js';
import { certificateCalls } from './certificates.js';
import type { CertificateCalls } from './certificates.js';
import { externalKeyCalls } from './external-keys.js';
import type { ExternalKeyCalls } from './external-keys.js';
import { guestCalls } from './guests.js';
import type { GuestCalls } from './guests.js';
import { keyCalls } from './keys.js';
import type { KeyCalls } from './keys.js';
import { mailCalls } from './mails.js';
import type { MailCalls } from './mails.js';
import { describeOperations } from './operations.js';
import { PasswordSealer } from './password-sealer.js';
import { supportCalls } from './support.js';
import type { SupportCalls } from './support.js';
import { tokenCalls } from './tokens.js';
import type { TokenCalls } from './tokens.js';

/** An App Suite with Guard. Every failure is a `ProviderError`. */
export interface GuardClient {
  readonly accounts: AccountCalls;
  readonly guests: GuestCalls;
  readonly tokens: TokenCalls;
  readonly keys: KeyCalls;
  readonly externalKeys: ExternalKeyCalls;
  readonly certificates: CertificateCalls;
  readonly mails: MailCalls;
  readonly support: SupportCalls;
  /** The table of operations, a line each. */
  describe(): readonly string[];
  close(): Promise<void>;
}

export interface GuardClientOptions extends ApiOptions {
  readonly http: HttpClient;
  /** Whether passwords are encrypted for servers that give a key. */
  readonly encryptsPasswords: boolean;
}

export function createGuardClient(options: GuardClientOptions): GuardClient {
  const { http, facts } = options;
  const api = createApi(options);
  const sealer = new PasswordSealer(api, options.encryptsPasswords);
  return {
    accounts: accountCalls(api, sealer),
    guests: guestCalls(api),
    tokens: tokenCalls(api, sealer),
    keys: keyCalls(api, sealer),
    externalKeys: externalKeyCalls(api),
    certificates: certificateCalls(api, sealer),
    mails: mailCalls(api),
    support: supportCalls(api),
    describe: () => describeOperations(facts.operations),
    close: () => http.close(),
  };
}
