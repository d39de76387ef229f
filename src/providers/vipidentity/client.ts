import type { Clock } from '../../clock.js';
import type { HttpClient } from '../kit/http-client.js';
import { authenticationOperations } from './authentication.js';
import type { AuthenticationOperations } from './authentication.js';
import { credentialOperations } from './credentials.js';
import type { CredentialOperations } from './credentials.js';
import { createInvoke } from './invoke.js';
import type { ServiceName } from './operations.js';
import { pushOperations } from './pushes.js';
import type { PushOperations } from './pushes.js';
import { queryOperations } from './queries.js';
import type { QueryOperations } from './queries.js';
import { riskOperations } from './risk.js';
import type { RiskOperations } from './risk.js';
import type { Descriptions } from './read-descriptions.js';
import { openSoapService } from './soap-service.js';
import type { SoapService } from './soap-service.js';
import { temporaryPasswordOperations } from './temporary-passwords.js';
import type { TemporaryPasswordOperations } from './temporary-passwords.js';
import { userOperations } from './users.js';
import type { UserOperations } from './users.js';

/** The VIP user services (dossier section 2). Every failure is a `ProviderError`; no write is ever repeated. */
export interface VipClient
  extends
    UserOperations,
    CredentialOperations,
    TemporaryPasswordOperations,
    QueryOperations,
    AuthenticationOperations,
    PushOperations,
    RiskOperations {
  /** Milliseconds since the epoch, by the clock this client was given. */
  now(): number;
  close(): Promise<void>;
}

export interface VipClientOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly endpoints: Readonly<Record<ServiceName, string>>;
  readonly descriptions: Descriptions;
}

/** @throws {Error} when a description cannot be used */
export async function createVipClient({
  http,
  clock,
  endpoints,
  descriptions,
}: VipClientOptions): Promise<VipClient> {
  const open = (service: ServiceName): Promise<SoapService> =>
    openSoapService({ description: descriptions[service], endpoint: endpoints[service], http });
  const [authentication, management, query] = await Promise.all([
    open('authentication'),
    open('management'),
    open('query'),
  ]);
  const invoke = createInvoke({ authentication, management, query });
  return {
    ...userOperations(invoke),
    ...credentialOperations(invoke),
    ...temporaryPasswordOperations(invoke, clock),
    ...queryOperations(invoke, minorVersion(endpoints.query)),
    ...authenticationOperations(invoke),
    ...pushOperations(invoke),
    ...riskOperations(invoke),
    now: () => clock.now(),
    close: () => http.close(),
  };
}

/** 8 of `QueryService_1_8`; 7 where the URL does not say. */
function minorVersion(endpoint: string): number {
  return Number(/_1_(\d{1,3})\/*$/.exec(new URL(endpoint).pathname)?.[1] ?? 7);
}
