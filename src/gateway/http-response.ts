import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { ExecutionResult } from '@graphql-tools/utils';
import { z } from 'zod';
import { GRAPHQL_JSON, PLAIN_JSON, takesGzip } from './response-type.js';
import { serialize } from './serialize.js';

/** Characters from which on an answer is compressed: below, it costs more time than it saves. */
const COMPRESS_FROM = 16_384;

const compress = promisify(gzip);

/** Writes one result. A request that was refused as a whole has a status of its own. */
export async function sendResult(
  request: IncomingMessage,
  response: ServerResponse,
  result: ExecutionResult,
  type: string,
): Promise<void> {
  const { status, headers } = refusalOf(result, type);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const json = serialize(result);
  if (json.length < COMPRESS_FROM) return sendJson(response, status, json, type);
  response.appendHeader('vary', 'accept-encoding');
  if (!takesGzip(request.headers['accept-encoding'])) return sendJson(response, status, json, type);
  const body = await compress(json, { level: constants.Z_BEST_SPEED });
  response.setHeader('content-encoding', 'gzip');
  sendJson(response, status, body, type);
}

/** Writes JSON, as text or encoded already. */
export function sendJson(
  response: ServerResponse,
  status: number,
  json: string | Buffer,
  type = PLAIN_JSON,
): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(json),
  });
  response.end(json);
}

const refusal = z.object({
  http: z.object({
    status: z.int(),
    /** The status is for those who take the media type of the specification; others look into the answer. */
    spec: z.boolean().default(false),
    headers: z.record(z.string(), z.string()).default({}),
  }),
});

function refusalOf(
  result: ExecutionResult,
  type: string,
): { status: number; headers: Readonly<Record<string, string>> } {
  if (!result.errors || 'data' in result) return { status: 200, headers: {} };
  for (const { extensions } of result.errors) {
    const { data } = refusal.safeParse(extensions);
    if (data && (type === GRAPHQL_JSON || !data.http.spec)) return data.http;
  }
  return { status: 200, headers: {} };
}
