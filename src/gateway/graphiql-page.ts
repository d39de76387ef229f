import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Example } from './example.js';

const MAX_TABS = 12;

/**
 * GraphiQL as one page with everything in it, so that it works with no internet; subscriptions go over
 * graphql-transport-ws. 9 MB, so it is made on first use and comes compressed.
 */
export async function renderGraphiqlPage(examples: readonly Example[]): Promise<Buffer> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Sealgraph',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultTabs: examples.slice(0, MAX_TABS).map(({ document, variables }) => ({
      query: document,
      variables: variables ? JSON.stringify(variables, null, 2) : null,
    })),
  });
  return promisify(gzip)(html);
}
