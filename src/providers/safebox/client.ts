import type { CallOptions } from '../kit/call-options.js';
import type { HttpClient } from '../kit/http-client.js';
import { accountCalls } from './account.js';
import type { AccountCalls } from './account.js';
import { createApi } from './api.js';
import { boxCalls } from './boxes.js';
import type { BoxCalls } from './boxes.js';
import { contentCalls } from './content.js';
import type { ContentCalls } from './content.js';
import type { UserToken } from './operations.js';
import { fileCalls } from './files.js';
import type { FileCalls } from './files.js';
import { peopleCalls } from './people.js';
import type { PeopleCalls } from './people.js';
import { signIn } from './sign-in.js';
import type { Credentials } from './sign-in.js';

/** The SendSecure API of one enterprise account. Every failure is a `ProviderError`. */
export interface SafeboxClient {
  /** Permalink of the account. */
  readonly account: string;
  /** The account's own credential, when there is one. */
  readonly enterpriseToken: string | null;
  readonly pollIntervalMs: number;
  /** URLs of portal and server as the portal names them now, wherever they are. */
  namedHosts(): Promise<readonly string[]>;
  signIn(credentials: Credentials, options?: CallOptions): Promise<UserToken>;
  readonly accounts: AccountCalls;
  readonly boxes: BoxCalls;
  readonly content: ContentCalls;
  readonly people: PeopleCalls;
  readonly files: FileCalls;
  close(): Promise<void>;
}

export interface SafeboxClientOptions {
  /** For portal and server: the only one that is given tokens. */
  readonly http: HttpClient;
  /** For file servers and audit records. */
  readonly fileHttp: HttpClient;
  readonly account: string;
  /** Origins that portal and server may have. */
  readonly origins: readonly string[];
  readonly enterpriseToken: string | null;
  readonly locale: string;
  readonly pollIntervalMs: number;
}

export function createSafeboxClient(options: SafeboxClientOptions): SafeboxClient {
  const { http, fileHttp, account, origins, enterpriseToken, locale, pollIntervalMs } = options;
  const api = createApi({ http, account, origins, locale });
  return {
    account,
    enterpriseToken,
    pollIntervalMs,
    namedHosts: () => api.namedHosts(),
    signIn: (credentials, callOptions) => signIn(api, credentials, callOptions),
    accounts: accountCalls(api),
    boxes: boxCalls(api),
    content: contentCalls(api),
    people: peopleCalls(api),
    files: fileCalls(fileHttp),
    async close() {
      await Promise.all([http.close(), fileHttp.close()]);
    },
  };
}
