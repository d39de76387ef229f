import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { isAsyncIterable } from '@graphql-tools/utils';
import type { ExecutionResult } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import { callOf } from './context.js';
import type { ErrorMask } from './errors.js';
import type { StreamReplies } from './http-operation.js';
import { streamFormat } from './stream-format.js';

/**
 * What goes into an HTTP response: a subscription is handed over as a stream in the format the client asks for; errors
 * that come from outside any operation (a body that cannot be read, a wrong method) are masked like all others.
 */
export function reply(mask: ErrorMask, replies: StreamReplies): GatewayPlugin {
  return {
    onResultProcess({ request, result, setResult, setResultProcessor, serverContext }) {
      if (!isAsyncIterable(result)) {
        if (!Array.isArray(result)) setResult(whole(mask(result, callOf(serverContext).requestId)));
        return;
      }
      const format = streamFormat(request.headers.get('accept') ?? '*/*');
      setResultProcessor((_result, { Response }) => {
        if (format) {
          replies.set(request, { results: result, format });
          return new Response(null);
        }
        void result[Symbol.asyncIterator]().return?.();
        return new Response(null, { status: 406, headers: { accept: 'text/event-stream, multipart/mixed' } });
      }, format?.contentType ?? 'application/json');
    },
  };
}

/**
 * A request that is wrong as a whole has its status for every client. (`spec` would make it 200 for those that accept
 * only `application/json`, which is meant for documents that are wrong.)
 */
function whole(result: ExecutionResult): ExecutionResult {
  if (!result.errors?.some((error) => error.extensions['code'] === 'BAD_REQUEST')) return result;
  const errors = result.errors.map(({ message, extensions }) => {
    const http = { status: 400, ...(isObject(extensions['http']) && extensions['http']), spec: false };
    return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http } });
  });
  return { errors };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
