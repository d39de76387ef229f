import type { IncomingMessage } from 'node:http';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { readBody } from './http-body.js';
import type { OperationRequest } from './operation.js';
import { documentIdOf } from './requested-document.js';

/** A request that cannot be read as one of GraphQL. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly status: number,
    readonly answer: GraphQLError,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(answer.message);
  }
}

const parameters = z.object({
  query: z.string().nullish(),
  documentId: z.string().min(1).nullish(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z.record(z.string(), z.unknown()).nullish(),
});

const RULES: Readonly<Record<string, string>> = {
  query: 'must hold a GraphQL document',
  documentId: 'must be a text',
  operationName: 'must be a text',
  variables: 'must be a JSON object',
  extensions: 'must be a JSON object',
};

/**
 * The operation that a request asks for, as the specification "GraphQL over HTTP" has it.
 * @param search the parameters of its URL
 * @throws RequestError
 */
export async function readOperation(
  request: IncomingMessage,
  search: URLSearchParams,
  maxBodyBytes: number,
): Promise<OperationRequest> {
  if (request.method === 'GET' || request.method === 'HEAD') return { ...fromSearch(search), isSafe: true };
  if (request.method !== 'POST') {
    const message = 'An operation is sent with POST or GET.';
    throw new RequestError(405, error(message, 'METHOD_NOT_ALLOWED'), { allow: 'GET, HEAD, POST' });
  }
  if (!isJson(request.headers['content-type']))
    throw new RequestError(415, error('The content type must be application/json.', 'BAD_REQUEST'));
  const body = await readBody(request, maxBodyBytes);
  if (body === undefined) {
    const message = `The request body is larger than ${maxBodyBytes} bytes.`;
    throw new RequestError(413, error(message, 'LIMIT_EXCEEDED'));
  }
  return checked(parseJson(body) ?? badRequest('The request body is not JSON.'));
}

function fromSearch(search: URLSearchParams): OperationRequest {
  const value = (name: string): unknown => search.get(name) ?? undefined;
  const json = (name: string): unknown => {
    const text = search.get(name);
    return text === null || text === '' ? undefined : (parseJson(text) ?? '');
  };
  return checked({
    query: value('query'),
    documentId: value('documentId'),
    operationName: value('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  });
}

function checked(request: unknown): OperationRequest {
  const parsed = parameters.safeParse(request);
  if (parsed.success && (parsed.data.query || documentIdOf(parsed.data) !== undefined)) return parsed.data;
  const name = parsed.success ? 'query' : String(parsed.error.issues[0]?.path[0] ?? '');
  const rule = RULES[name];
  if (!rule) return badRequest('The request body must be a JSON object.');
  const code = name === 'variables' || name === 'extensions' ? 'BAD_USER_INPUT' : 'BAD_REQUEST';
  throw new RequestError(400, error(`The parameter "${name}" ${rule}.`, code));
}

function badRequest(message: string): never {
  throw new RequestError(400, error(message, 'BAD_REQUEST'));
}

function error(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Undefined for what is not JSON, and for `null`. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function isJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return type === 'application/json' && (charset === undefined || /^charset="?utf-?8"?$/.test(charset));
}
