import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { packagePath } from '../package-path.js';
import { takesGzip } from './response-type.js';
import type { Route } from './serve.js';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** The built page of this name, with its own HTML. @throws when the pages were not built. */
export function readPage(name: string): string {
  return readFileSync(join(packagePath('dist/pages'), `${name}.html`), 'utf8');
}

/** Serves `/assets/`: scripts and styles of the pages, compressed when they were built. A name stands for its content for good. */
export function assetRoute(): Route {
  let names: ReadonlySet<string> | undefined;
  const folder = packagePath('dist/pages');
  return (request, response) => {
    const name = /^\/assets\/([\w-]+\.(?:js|css))$/.exec(request.url?.split('?')[0] ?? '')?.[1];
    if (name === undefined) return false;
    names ??= new Set(readdirSync(folder));
    if (!names.has(name)) return false;
    const isGzip = takesGzip(request.headers['accept-encoding']);
    sendContent(request, response, {
      body: readFileSync(join(folder, isGzip ? `${name}.gz` : name)),
      headers: {
        'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
        ...(isGzip && { 'content-encoding': 'gzip' }),
      },
    });
    return true;
  };
}

/** What is sent to a browser, with the headers that belong to it. */
export interface Content {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers GET and HEAD with a validator, and a browser that has it already with 304. */
export function sendContent(
  request: IncomingMessage,
  response: ServerResponse,
  { body, headers }: Content,
): void {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const common = { etag, 'x-content-type-options': 'nosniff', ...headers };
  const known = request.headers['if-none-match'];
  if (known?.trim() === '*' || known?.includes(etag)) {
    response.writeHead(304, common).end();
    return;
  }
  response.writeHead(200, { ...common, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
