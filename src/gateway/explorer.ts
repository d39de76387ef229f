import type { ServerResponse } from 'node:http';
import type { Logger } from '../log.js';
import type { Example } from './example.js';
import type { Route } from './serve.js';

/**
 * Pages to try the graph in: `/` is Apollo Sandbox, `/graphiql` is GraphiQL from our own assets. Both are made
 * on first use, so that starting does not wait for them.
 */
export function explorerPages(examples: readonly Example[], logger: Logger): Route {
  let graphiql: Promise<Buffer> | undefined;
  const pages: Readonly<Record<string, () => Promise<Page>>> = {
    '/': async () => {
      const { renderLandingPage } = await import('./landing-page.js');
      return { body: await renderLandingPage(examples), headers: { 'cache-control': 'no-store' } };
    },
    '/graphiql': async () => {
      graphiql ??= import('./graphiql-page.js').then((page) => page.renderGraphiqlPage(examples));
      return {
        body: await graphiql,
        headers: { 'content-encoding': 'gzip', 'cache-control': 'private, max-age=3600' },
      };
    },
  };
  return (request, response) => {
    const page = request.method === 'GET' ? pages[request.url?.split('?')[0] ?? ''] : undefined;
    if (!page) return false;
    page().then(
      (found) => send(response, found),
      (err: unknown) => {
        logger.error({ err }, 'a page could not be made');
        response.writeHead(500).end();
      },
    );
    return true;
  };
}

interface Page {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

function send(response: ServerResponse, { body, headers }: Page): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
