import { ofTenant, type ProviderAccount, type SettingShape } from '../config/index.js';
import type { Json } from '../live/ports.js';
import type { WatchKind } from '../live/watch-kind.js';
import type { ProviderClient, ProviderDefinition } from '../providers/kit/define-provider.js';
import { recordsOf } from '../store/records-of.js';
import { vaultOf } from '../vault/vault-of.js';
import type { Commands } from './commands.js';
import type { SharedTools, SubgraphTools } from './subgraph-tools.js';

/** What an account at a provider is opened with. */
export interface AccountDefinition<
  Shape extends SettingShape,
  Client extends ProviderClient,
  Services extends object,
> {
  /** Whose graph it is; the subgraph has its name. */
  readonly provider: ProviderDefinition<Shape, Client>;
  /** What of this provider is watched. */
  readonly watches: readonly WatchKind<Json, Json, Client>[];
  /** What its resolvers work with. */
  createServices(client: Client, tools: SubgraphTools): Services;
}

/** What callers of one account at a provider are served with. */
export interface OpenAccount<Services> {
  readonly services: Services;
  readonly commands: Commands;
  close(): Promise<void>;
}

/**
 * Connects to an account, and has its watches, records and tickets kept apart from those of others, and what is counted
 * there.
 * @throws ConfigError for a wrong setting
 */
export async function openAccount<
  Shape extends SettingShape,
  Client extends ProviderClient,
  Services extends object,
>(
  { provider, watches, createServices }: AccountDefinition<Shape, Client, Services>,
  { tenant, settings }: ProviderAccount<Shape>,
  tools: SharedTools,
): Promise<OpenAccount<Services>> {
  const apart = tenant === undefined ? {} : { account: tenant };
  const own: SubgraphTools = {
    ...tools,
    tenant,
    records: recordsOf(tenant, tools.records),
    vault: vaultOf(tenant, tools.vault),
    http: { ...tools.http, ...apart },
    commands: { ...tools.commands, ...apart },
  };
  const client = await ofTenant(tenant, () => provider.connect(settings, own));
  for (const kind of watches) tools.live.register(kind, client, tenant);
  const services = createServices(client, own);
  return { services, commands: own.commands, close: () => client.close() };
}
