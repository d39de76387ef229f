import type { ExecutionResult } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import type { Logger } from '../log.js';
import { PROBLEM_CODES } from '../provider-error.js';
import { DEFAULT_LIMITS } from './limits.js';

/** The codes of the gateway's own errors, besides the problem codes, and what each means. */
export const GATEWAY_CODES = {
  UNAUTHENTICATED: 'There is no access token, or it is not valid.',
  TOKEN_EXPIRED:
    'The access token has run out while a subscription was open; go on with a new one and `after`.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'The document has several operations and none is named, or it is not there.',
  BAD_USER_INPUT: 'A variable does not fit its type.',
  DOCUMENT_NOT_TRUSTED: 'Only registered documents run here, and this is none.',
  PERSISTED_QUERY_NOT_FOUND:
    'No document is registered under this hash; the same request with the text may be known.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'A document was named by its id, but none are registered: send its text.',
  LIMIT_EXCEEDED: 'The request breaks a limit, which the message names.',
  BAD_REQUEST: 'The HTTP request is not one of GraphQL.',
  METHOD_NOT_ALLOWED: 'A mutation was sent by GET.',
  CSRF_PREVENTED: 'A page of another origin could have sent this request: name a content type of GraphQL.',
  SUBGRAPH_UNAVAILABLE: 'A subgraph service did not answer; fields of the others are there.',
  SCHEMA_CHANGED:
    'The graph no longer has what this subscription asks for; subscribe anew with a document that fits.',
  SERVER_STOPPING: 'The server is stopping; subscribe again, with `after`.',
  MISSING_VALUE: 'A subgraph left out what the schema promises.',
} as const;

/** Codes whose sentences were written to be shown; any other error is masked. */
const PUBLIC_CODES: ReadonlySet<unknown> = new Set([
  ...Object.keys(PROBLEM_CODES),
  ...Object.keys(GATEWAY_CODES),
]);

/** What a client may learn beside code and message. `http` decides the status and is not sent. */
const PUBLIC_EXTENSIONS = [
  'code',
  'http',
  'input',
  'provider',
  'providerCode',
  'reason',
  'isRetryable',
  'retryAfterMs',
  'subgraph',
];

export const INTERNAL_MESSAGE = 'Something went wrong on our side.';

/** Replaces what must not be seen in a result's errors. `requestId` becomes the reference of a masked error. */
export type ErrorMask = (result: ExecutionResult, requestId: string) => ExecutionResult;

/**
 * Errors with a public code keep code and message; everything else becomes one fixed sentence with a reference, and is
 * logged in full under that reference. At most `maxErrors` are told. Applying the mask twice changes nothing.
 */
export function createErrorMask(logger: Logger, maxErrors = DEFAULT_LIMITS.answerErrors): ErrorMask {
  const masked = new WeakSet<Error>();
  const mask = (error: unknown, requestId: string): GraphQLError => {
    if (error instanceof GraphQLError && masked.has(error)) return error;
    const shown = isPublic(error) ? reduced(error) : internal(error, requestId);
    if (!isPublic(error)) logger.error({ requestId, err: error }, 'an operation failed unexpectedly');
    masked.add(shown);
    return shown;
  };
  return (result, requestId) => {
    const data = 'data' in result ? dataOf(result) : {};
    if (!result.errors?.length) return data;
    const errors = result.errors.slice(0, maxErrors).map((error) => mask(error, requestId));
    const untold = result.errors.length - errors.length;
    if (untold === 0) return { ...data, errors };
    const last = new GraphQLError(`There are ${untold + 1} more errors; at most ${maxErrors} are told.`, {
      extensions: { code: 'LIMIT_EXCEEDED' },
    });
    return { ...data, errors: [...errors.slice(0, -1), last] };
  };
}

/** Data alone: whatever else an executor adds is not for clients. */
function dataOf({ data }: ExecutionResult<unknown>): { data: unknown } {
  return { data };
}

/** The one answer to an unexpected failure. */
export function internal(error: unknown, requestId: string): GraphQLError {
  const path = error instanceof GraphQLError && error.path ? { path: error.path } : {};
  return new GraphQLError(INTERNAL_MESSAGE, {
    ...path,
    extensions: { code: 'INTERNAL', reference: requestId },
  });
}

/** What a client is sent of an error: `http` steers the status and stays behind. */
export function toWire(error: GraphQLError): GraphQLError {
  if (!('http' in error.extensions)) return error;
  const { http: _http, ...extensions } = error.extensions;
  return rebuilt(error, error.message, extensions);
}

function isPublic(error: unknown): error is GraphQLError {
  return error instanceof GraphQLError && PUBLIC_CODES.has(error.extensions['code']);
}

function reduced(error: GraphQLError): GraphQLError {
  const extensions = Object.fromEntries(
    Object.entries(error.extensions).filter(([key]) => PUBLIC_EXTENSIONS.includes(key)),
  );
  return rebuilt(error, error.message, extensions);
}

/** Locations of an error with a path point into a subgraph's document, so they are left out. */
function rebuilt(error: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError {
  if (error.path) return new GraphQLError(message, { path: error.path, extensions });
  const { nodes, source, positions } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions,
  });
}

/** The code of an error that was masked, for logs and metrics. */
export function codeOf(error: Pick<GraphQLError, 'extensions'> | undefined): string {
  const code: unknown = error?.extensions['code'];
  return typeof code === 'string' && (PUBLIC_CODES.has(code) || code === 'INTERNAL') ? code : 'OTHER';
}
