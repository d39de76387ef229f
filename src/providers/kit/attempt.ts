import { DecoratorHandler } from 'undici';
import type { Dispatcher } from 'undici';
import type { Readable } from 'node:stream';
import { abortable } from './deadline.js';
import { notUnderstood } from './parse.js';
import type { WireSource } from './wire-source.js';
import { toFailure } from './transport-error.js';
import type { Failure } from './transport-error.js';

/** One request as it goes on the wire. */
export interface WireRequest extends WireSource {
  /** The answer is given only once, so what was sent is not sent again even by a read. */
  readonly once: boolean;
  readonly method: string;
  readonly target: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Readable | undefined;
  /** Milliseconds until the headers of the answer must have come. */
  readonly headersMs: number;
  /** Milliseconds without a byte of the answer's body after which it counts as lost. */
  readonly idleMs: number;
}

export type Outcome<Answer> = { readonly ok: true; readonly answer: Answer } | Failure;

/** Sends the request once and lets `receive` take the answer. Never throws: what went wrong is part of the outcome. */
export async function attempt<Answer>(
  dispatcher: Dispatcher,
  request: WireRequest,
  signal: AbortSignal,
  receive: (data: Dispatcher.ResponseData) => Promise<Answer>,
): Promise<Outcome<Answer>> {
  let sent = false;
  const markSent = (): void => {
    sent = true;
  };
  try {
    const { method, target, headers, body, headersMs, idleMs } = request;
    const response = dispatcher.compose(whenSending(markSent)).request({
      origin: target.origin,
      path: target.pathname + target.search,
      method,
      headers: { ...headers },
      body: body ?? null,
      signal,
      headersTimeout: headersMs,
      bodyTimeout: idleMs,
    });
    const answer = abortable(response, signal)
      .then((data) => refuseRedirect(data, request))
      .then(receive);
    return { ok: true, answer: await abortable(answer, signal) };
  } catch (cause) {
    return toFailure(cause, { ...request, sent, timedOut: signal.aborted });
  }
}

/** Calls back just before the first byte is written to a connection that stands: until then nothing was sent. */
function whenSending(callback: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, new SendingHandler(handler, callback));
}

class SendingHandler extends DecoratorHandler implements Dispatcher.DispatchHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #callback: () => void;

  constructor(handler: Dispatcher.DispatchHandler, callback: () => void) {
    super(handler);
    this.#handler = handler;
    this.#callback = callback;
  }

  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#callback();
    this.#handler.onRequestStart?.(controller, context);
  }
}

function refuseRedirect(data: Dispatcher.ResponseData, source: WireSource): Dispatcher.ResponseData {
  const { statusCode, body } = data;
  if (statusCode < 300 || statusCode > 399 || statusCode === 304) return data;
  discard(body);
  throw notUnderstood(source, 'a redirect, which is never followed');
}

/** Gives up a body that nobody will read. */
export function discard(body: Readable): void {
  body.on('error', () => undefined).destroy();
}
