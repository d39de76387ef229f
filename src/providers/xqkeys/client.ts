import type { HttpClient } from '../kit/http-client.js';
import type { Clock } from '../../clock.js';
import { accountCalls } from './account.js';
import type { AccountCalls } from './account.js';
import { createApi } from './api.js';
import { dashboardCalls } from './dashboard.js';
import type { DashboardCalls } from './dashboard.js';
import { deviceCalls } from './devices.js';
import type { DeviceCalls } from './devices.js';
import { keyCalls } from './keys.js';
import type { KeyCalls } from './keys.js';
import { SERVICES } from './operations.js';
import type { Service } from './operations.js';
import { packetCalls } from './packets.js';
import type { PacketCalls } from './packets.js';
import { signInCalls } from './sign-in.js';
import type { SignInCalls } from './sign-in.js';

/** The API of XQ Message for one application. Every failure is a `ProviderError`. */
export interface XqkeysClient {
  readonly signIn: SignInCalls;
  readonly devices: DeviceCalls;
  readonly packets: PacketCalls;
  readonly keys: KeyCalls;
  readonly account: AccountCalls;
  readonly dashboard: DashboardCalls;
  /** The team's locator key, when it is configured. */
  readonly locatorKey: string | undefined;
  readonly pollIntervalMs: number;
  close(): Promise<void>;
}

export interface XqkeysClientOptions {
  readonly http: Readonly<Record<Service, HttpClient>>;
  readonly apiKey: string;
  readonly dashboardApiKey: string | undefined;
  readonly locatorKey: string | undefined;
  readonly pollIntervalMs: number;
  readonly clock: Clock;
}

export function createXqkeysClient(options: XqkeysClientOptions): XqkeysClient {
  const { http, locatorKey, pollIntervalMs } = options;
  const api = createApi(options);
  return {
    signIn: signInCalls(api),
    devices: deviceCalls(api),
    packets: packetCalls(api),
    keys: keyCalls(api),
    account: accountCalls(api),
    dashboard: dashboardCalls(api),
    locatorKey,
    pollIntervalMs,
    async close() {
      await Promise.all(SERVICES.map((service) => http[service].close()));
    },
  };
}
