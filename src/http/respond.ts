import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers a request itself and says true, or leaves it alone and says false. */
export type HttpRoute = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What a page that only reads answers with. */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A route that answers GET and HEAD of one path with what `read` makes now, never cached; if that fails, with 500. */
export function pageRoute(path: string, read: () => Promise<Page>): HttpRoute {
  return (request, response) => {
    if (request.url?.split('?', 1)[0] !== path) return false;
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return true;
    }
    read().then(
      (page) => {
        response
          .writeHead(page.status, {
            'content-type': page.contentType,
            'content-length': Buffer.byteLength(page.body),
            'cache-control': 'no-store',
          })
          .end(page.body);
      },
      () => response.writeHead(500).end(),
    );
    return true;
  };
}
