import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { GraphQLSchema } from 'graphql';
import type { Example } from './example.js';

const ENDPOINTS = `initialEndpoint: window.location.origin + '/graphql',
      initialSubscriptionEndpoint: window.location.origin.replace(/^http/, 'ws') + '/graphql',`;

const OFFLINE =
  '<p>Without internet, use <a href="/graphiql">GraphiQL</a>, which this server brings along.</p>';

const ignore = async (): Promise<undefined> => undefined;
const log = (): void => undefined;
// The plugin renders the same page whatever server it is told about.
const NO_SERVER = {
  logger: { debug: log, info: log, warn: log, error: log },
  cache: { get: ignore, set: ignore, delete: ignore },
  schema: new GraphQLSchema({}),
  apollo: {},
  startedInBackground: false,
};

/**
 * Apollo Sandbox as Apollo Server embeds it (the page loads it from Apollo's servers), told where to send operations
 * and subscriptions, and opened with the first example.
 */
export async function renderLandingPage(examples: readonly Example[]): Promise<string> {
  const [example] = examples;
  const plugin = ApolloServerPluginLandingPageLocalDefault({
    embed: { runTelemetry: false, initialState: { pollForSchemaUpdates: false } },
    ...(example && { document: example.document, variables: { ...example.variables } }),
  });
  const page = await (await plugin.serverWillStart?.(NO_SERVER))?.renderLandingPage?.();
  const html = typeof page?.html === 'function' ? await page.html() : (page?.html ?? '');
  return html
    .replace('<title>Apollo Server</title>', '<title>Sealgraph</title>')
    .replace('<h1>Welcome to Apollo Server</h1>', '<h1>Sealgraph</h1>')
    .replace(/(Apollo Sandbox cannot be loaded;[^<]*<\/p>)/, `$1${OFFLINE}`)
    .replace(/initialEndpoint,/, ENDPOINTS);
}
