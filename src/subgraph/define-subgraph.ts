import 'reflect-metadata';
import { buildSchemaSync } from 'type-graphql';
import type { BuildSchemaOptions, ClassType } from 'type-graphql';
import type { Caller } from '../auth/caller.js';
import type { Config, SettingShape } from '../config/index.js';
import type { ProviderClient } from '../providers/kit/define-provider.js';
import { restoreArgumentOrder } from './argument-order.js';
import { requireCommands } from './require-commands.js';
import type { SubgraphContext } from './context.js';
import { describeScopes } from './describe-scopes.js';
import { describeRoots } from './describe-roots.js';
import { auditRoots } from './audit.js';
import { rememberGiven } from './remember-given.js';
import { acceptIds } from './id-of.js';
import { refuseBlankIds } from './blank-ids.js';
import { addIds } from './identified.js';
import { translateErrors } from './errors.js';
import { federate } from './federate.js';
import type { ReferenceResolver } from './federate.js';
import { nullableBehindScopes } from './nullable-behind-scopes.js';
import { personQuery } from './person-query.js';
import { persons } from './person.js';
import type { PersonReference } from './person.js';
import { enforceScopes } from './scopes.js';
import type { Subgraph } from './subgraph.js';
import { openAccount, type AccountDefinition, type OpenAccount } from './open-account.js';
import type { SharedTools, SubgraphTools } from './subgraph-tools.js';
import { referencesOf, withoutProvider } from './without-provider.js';
import { viewerQuery } from './viewer-query.js';
import { Viewer } from './viewer.type.js';
import type { ViewerFields } from './viewer.type.js';

export type { SharedTools, SubgraphTools } from './subgraph-tools.js';

export interface SubgraphDefinition<
  Shape extends SettingShape,
  Client extends ProviderClient,
  Services extends object,
  Local extends LocalPart,
> extends AccountDefinition<Shape, Client, Services> {
  readonly resolvers: BuildSchemaOptions['resolvers'];
  /** Its `Person`, made by `definePerson`. */
  readonly person: ClassType<PersonReference>;
  /** Its `Viewer`, where it adds fields to it. */
  readonly viewer?: new (caller: Caller) => ViewerFields;
  /** How entities are found by key: type name to batch resolver. */
  readonly references: Readonly<Record<string, ReferenceResolver<SubgraphContext<Services, Local>>>>;
  /** What its resolvers work with where they need no provider (`NeedsNoProvider`). */
  readonly openLocal?: (tools: LocalTools) => Local;
}

/** What a subgraph does without any provider. */
export interface LocalPart {
  close(): Promise<void>;
}

/** What it may use for that. Without tickets in a process that stores nothing. */
export type LocalTools = Partial<Pick<SharedTools, 'clock' | 'tickets'>>;

/** A subgraph that knows how to be built and opened; the registry in `subgraphs/index.ts` lists them. */
export interface SubgraphModule {
  readonly name: string;
  readonly settings: SettingShape;
  /** The schema alone, without any provider: for composing. */
  build(): Omit<Subgraph, 'contextFor'>;
  /** The same, answering NOT_CONFIGURED wherever the provider is needed. */
  absent(tools: LocalTools & Pick<SubgraphTools, 'audit'>): OpenSubgraph;
  /**
   * Ready to answer; registers its watch kinds with the live engine.
   * @throws ConfigError for a wrong or missing setting of the provider
   */
  open(config: Pick<Config, 'accountsOf'>, tools: SharedTools): Promise<OpenSubgraph>;
}

export interface OpenSubgraph extends Subgraph {
  close(): Promise<void>;
}

/** Describes one provider's subgraph once; gateway, services, poller and SDL printing are all served from it. */
export function defineSubgraph<
  Shape extends SettingShape,
  Client extends ProviderClient,
  Services extends object,
  Local extends LocalPart,
>(definition: SubgraphDefinition<Shape, Client, Services, Local>): SubgraphModule {
  const { name, settings } = definition.provider;
  const make = (isAbsent: boolean): Omit<Subgraph, 'contextFor'> => {
    const base = buildSchemaSync({
      resolvers: [
        ...definition.resolvers,
        personQuery(definition.person),
        viewerQuery(definition.viewer ?? Viewer),
      ],
      orphanedTypes: [],
      validate: false,
      // The federation directives are defined by the @link, not by this schema.
      skipCheck: true,
      // type-graphql wants one as soon as a subscription exists; ours bring their own source.
      pubSub: { publish: noPubSub, subscribe: noPubSub },
    });
    restoreArgumentOrder(base);
    addIds(base);
    refuseBlankIds(base);
    acceptIds(base);
    rememberGiven(base);
    describeRoots(base);
    nullableBehindScopes(base);
    describeScopes(base);
    const references = Object.fromEntries(
      Object.entries(definition.references).map(([type, find]) => [
        type,
        referencesOf<SubgraphContext<Services, Local>>(name, find, isAbsent ? () => true : hasNoServices),
      ]),
    );
    const federated = federate(base, { ...references, Person: persons });
    const { schema } = federated;
    requireCommands(schema);
    withoutProvider(schema, name, isAbsent ? () => true : hasNoServices);
    enforceScopes(schema);
    translateErrors(schema);
    auditRoots(schema);
    return { name, ...federated };
  };
  let built: Omit<Subgraph, 'contextFor'> | undefined;
  const build = (): Omit<Subgraph, 'contextFor'> => (built ??= make(false));

  return {
    name,
    settings,
    build,
    absent({ audit, ...tools }) {
      const local = definition.openLocal?.(tools);
      return {
        ...make(true),
        contextFor: (call) => ({ ...call, local, audit, begun: new Set<string>() }),
        close: async () => local?.close(),
      };
    },
    async open(config, tools) {
      const accounts = new Map<string | undefined, OpenAccount<Services>>();
      for (const account of config.accountsOf({ name, settings }))
        accounts.set(account.tenant, await openAccount(definition, account, tools));
      const local = definition.openLocal?.(tools);
      return {
        ...build(),
        contextFor(call) {
          const { services, commands } = accounts.get(call.caller.tenant) ?? accounts.get(undefined) ?? {};
          return { ...call, services, commands, local, audit: tools.audit, begun: new Set<string>() };
        },
        async close() {
          await Promise.all([...accounts.values(), ...(local ? [local] : [])].map((part) => part.close()));
        },
      };
    },
  };
}

/** Of a caller whose tenant has no account at the provider, while others have. */
function hasNoServices(context: unknown): boolean {
  return !(context instanceof Object && 'services' in context && context.services !== undefined);
}

function noPubSub(): never {
  throw new Error('subscriptions read from the live engine');
}
