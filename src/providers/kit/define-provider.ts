import type { Clock } from '../../clock.js';
import type { SettingShape, SettingsOf } from '../../config/index.js';
import type { Logger } from '../../log.js';
import type { HttpPolicy } from './http-client.js';
import type { Probe } from './probe.js';

/** What a provider client is made with. */
export interface ProviderTools {
  readonly http: HttpPolicy;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A provider client as the product sees it. */
export interface ProviderClient {
  close(): Promise<void>;
  /** What an operator wants to see of it, line by line: for example the table of assumed paths. */
  describe?(): readonly string[];
  /** What may be asked to see whether the provider can be used. */
  probes?(): readonly Probe[];
}

/** Everything the product knows of a provider before it calls it. */
export interface ProviderDefinition<
  Shape extends SettingShape = SettingShape,
  Client extends ProviderClient = ProviderClient,
> {
  /** That of its subgraph: lower case, no punctuation. */
  readonly name: string;
  /** What it is, for those who read the graph. */
  readonly description: string;
  /** Its environment variables, see `src/config`. */
  readonly settings: Shape;
  /**
   * A client for what the settings name. Calls nobody.
   * @throws ConfigError naming the variable that is wrong
   */
  connect(settings: SettingsOf<Shape>, tools: ProviderTools): Client | Promise<Client>;
}

/**
 * Defines one provider. A start reads every definition before it knows what it needs, so the client and its libraries
 * are loaded by `connect`.
 */
export function defineProvider<Shape extends SettingShape, Client extends ProviderClient>(
  definition: ProviderDefinition<Shape, Client>,
): ProviderDefinition<Shape, Client> {
  return definition;
}
