import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { answering, HANG_UP, type Answer, type HttpAnswer } from '../../kit/answer.js';
import { createRouter, parseTarget } from '../../kit/router.js';
import { localeOf } from '../texts.js';
import { notFound } from '../wire/refusal.js';
import { refusing, tokenOf, type HostParts } from './api.js';
import { FILE_ROUTES, type FileAnswer } from './file-routes.js';

/** Counted for every request that brought an API token here, where it does not belong. */
export const TOKEN_LEAK = 'tokenSentToFileServer';

const findRoute = createRouter(FILE_ROUTES);

/** The host that takes and gives the bytes of files, never holding one in memory. */
export function createFileServer({ service, addresses, counters, faults }: HostParts): RequestListener {
  const answerTo = (request: IncomingMessage): Promise<Answer> => {
    const target = parseTarget(request.url);
    const match = findRoute(request.method ?? '', target.path);
    const operation = match.route?.operation ?? 'unknownFile';
    counters.count(operation);
    if (tokenOf(request) !== undefined) counters.count(TOKEN_LEAK);
    const call = {
      service,
      addresses,
      request,
      query: target.query,
      locale: localeOf(target.query.get('locale')),
    };
    return faults.around(operation, () =>
      refusing<HttpAnswer>(call, async () => {
        if (match.route === undefined) throw notFound();
        return match.route.handle({ ...call, params: match.params });
      }),
    );
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await answerTo(request);
    if (answer === HANG_UP || !isFile(answer)) answering(() => Promise.resolve(answer))(request, response);
    else await sendFile(answer, response, service.takeDownloadCut());
  };

  return (request, response) => {
    // Whoever is gone cannot be answered.
    serve(request, response).catch(() => request.socket.destroy());
  };
}

function isFile(answer: HttpAnswer): answer is FileAnswer {
  return 'open' in answer;
}

/** @param cutAfterBytes where the connection breaks. */
async function sendFile(answer: FileAnswer, response: ServerResponse, cutAfterBytes: number): Promise<void> {
  let sent = 0;
  const send = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      if (sent + chunk.length > cutAfterBytes) {
        yield chunk.subarray(0, cutAfterBytes - sent);
        throw new Error('the connection was to break here');
      }
      sent += chunk.length;
      if (sent === answer.size) answer.complete();
      yield chunk;
    }
  };
  if (answer.size === 0) answer.complete();
  response.writeHead(answer.status, answer.headers);
  await pipeline(answer.open(), send, response);
}
