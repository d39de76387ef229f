import type { Logger } from '../log.js';
import { assetRoute, readPage, sendContent } from './assets.js';
import type { Content } from './assets.js';
import type { Example } from './example.js';
import { renderGraphiqlPage } from './graphiql-page.js';
import { renderSandboxPage } from './sandbox-page.js';
import type { Route } from './serve.js';

/** Which pages there are. */
export interface ExplorerOptions {
  readonly examples: readonly Example[];
  /** Whether `/` is the console; otherwise it leads to GraphiQL. Default false. */
  readonly console?: boolean;
}

// Pages of ours load, run and call nothing from elsewhere. CodeMirror sets styles on elements.
const OWN_PAGE = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
};

/**
 * Pages to try the graph in, all from this server's own files: `/` is the console, `/graphiql` is GraphiQL, and
 * `/sandbox` is Apollo Sandbox, whose page loads it from Apollo.
 */
export function explorerPages({ examples, console = false }: ExplorerOptions, logger: Logger): Route {
  const pages: Readonly<Record<string, () => Content>> = {
    ...(console && { '/': () => page(readPage('console'), OWN_PAGE) }),
    '/graphiql': () => page(renderGraphiqlPage(examples), OWN_PAGE),
    '/sandbox': () => page(renderSandboxPage(examples)),
  };
  const assets = assetRoute();
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const path = request.url?.split('?')[0] ?? '';
    if (path === '/' && !console) {
      response.writeHead(302, { location: '/graphiql', 'cache-control': 'no-store' }).end();
      return true;
    }
    const render = Object.hasOwn(pages, path) ? pages[path] : undefined;
    try {
      if (!render) return assets(request, response);
      sendContent(request, response, render());
    } catch (err) {
      logger.error({ err }, 'a page could not be made');
      response.writeHead(500).end();
    }
    return true;
  };
}

function page(body: string, headers: Readonly<Record<string, string>> = {}): Content {
  return {
    body,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      ...headers,
    },
  };
}
