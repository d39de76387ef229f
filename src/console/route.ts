import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { HttpRoute } from '../http/respond.js';
import type { Plugs } from './plugs.js';
import { callControl } from './simulator-control.js';
import type { Answer, SimulatorAddress } from './simulator-control.js';
import type { WireFeed } from './wire-feed.js';

export interface ConsoleRouteOptions {
  readonly simulators: readonly SimulatorAddress[];
  readonly wire: WireFeed;
  readonly plugs: Plugs;
}

const MAX_BODY_BYTES = 1024 * 1024;
const plugChange = z.strictObject({ name: z.string(), isPlugged: z.boolean() });

/**
 * `/console/`, for the console's own page alone: `simulators/<name>/<verb or noun>` is that simulator's control
 * interface, `wire?after=<number>` are the latest calls to providers, `plugs` those of the providers and the store.
 */
export function consoleRoute(options: ConsoleRouteOptions): HttpRoute {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://console.invalid');
    if (!url.pathname.startsWith('/console/')) return false;
    answer(options, request, url).then(
      (given) => send(response, given),
      () => send(response, failure(502, 'The simulator does not answer.')),
    );
    return true;
  };
}

async function answer(options: ConsoleRouteOptions, request: IncomingMessage, url: URL): Promise<Answer> {
  if (!isFromOwnPage(request)) return failure(403, 'This is for the console of this server alone.');
  const isGet = request.method === 'GET';
  if (!isGet && request.method !== 'POST') return failure(405, 'Use GET or POST.');
  const body = isGet ? '' : await readJson(request);
  if (body === undefined) return failure(400, 'The body must be JSON, one megabyte at the most.');
  const [what = '', name = '', word = ''] = url.pathname.slice('/console/'.length).split('/');
  if (what === 'simulators') return askSimulator(options, name, word, isGet ? undefined : body);
  if (what === 'wire' && isGet) {
    return success(options.wire.since(Number(url.searchParams.get('after') ?? 0)));
  }
  if (what !== 'plugs') return failure(404, 'There is nothing at this address.');
  if (!isGet) {
    const change = plugChange.safeParse(JSON.parse(body)).data;
    const isKnown = change !== undefined && (await options.plugs.set(change.name, change.isPlugged));
    if (!isKnown) return failure(400, 'Name a provider or the store, and say whether it is plugged in.');
  }
  return success(options.plugs.all());
}

async function askSimulator(
  { simulators }: ConsoleRouteOptions,
  name: string,
  word: string,
  body: string | undefined,
): Promise<Answer> {
  const simulator = simulators.find((one) => one.name === name);
  if (!simulator) return failure(404, 'There is no such simulator.');
  return callControl(simulator, word, body);
}

// Other pages may not even make a browser send something here: JSON has to be asked for first, and is refused.
function isFromOwnPage({ method, headers }: IncomingMessage): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host)) return false;
  return method === 'GET' || headers['content-type']?.split(';')[0] === 'application/json';
}

async function readJson(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stream: AsyncIterable<Buffer> = request;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  try {
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

function success(value: unknown): Answer {
  return { status: 200, json: JSON.stringify(value) };
}

function failure(status: number, error: string): Answer {
  return { status, json: JSON.stringify({ error }) };
}

function send(response: ServerResponse, { status, json }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(json);
}
