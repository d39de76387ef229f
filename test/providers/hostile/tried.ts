import { loadConfig } from '../../../src/config/index.js';
import type { ProviderDefinition, ProviderTools } from '../../../src/providers/kit/define-provider.js';
import type { HttpPolicy } from '../../../src/providers/kit/http-client.js';
import type { Operation } from '../../../src/providers/kit/rest.js';
import type { ManualClock } from '../../support/manual-clock.js';
import { memoryLogger } from '../../support/memory-logger.js';

/** One operation as it is tried: how it is called, and which odd bodies mean something to it after all. */
export interface Tried<Client> {
  readonly call: (client: Client) => Promise<unknown>;
  readonly means?: readonly string[];
}

export interface HostileProvider<Client = unknown> {
  readonly name: string;
  /** Whether an operation is a read or a write. */
  kindOf(operation: string): 'read' | 'write';
  readonly operations: readonly string[];
  readonly tried: Readonly<Record<string, Tried<Client>>>;
  open(url: string, clock: ManualClock): Promise<Client & { close(): Promise<void> }>;
  /** What is answered well, because another operation comes before the one that is tried. */
  prelude?(request: string, operation: string, url: string): string | undefined;
}

export const NOTHING = ['blanks', 'a byte order mark alone'];
export const policy: HttpPolicy = {
  random: () => 0,
  retry: { retries: 0 },
  breaker: { minimumCalls: 500, window: 500 },
};

export function kindOfRow({ call, kind }: Operation): 'read' | 'write' {
  return kind ?? (call.startsWith('GET ') ? 'read' : 'write');
}

export async function connected<Client>(
  provider: ProviderDefinition,
  environment: Readonly<Record<string, string>>,
  clock: ManualClock,
): Promise<Client> {
  const tools: ProviderTools = { http: policy, clock, logger: memoryLogger() };
  const settings = loadConfig(environment, [provider]).settingsOf(provider);
  return (await provider.connect(settings, tools)) as Client;
}

/** An operation that has nothing to say. */
export const done = <Client>(call: Tried<Client>['call']): Tried<Client> => ({ call, means: NOTHING });
