import type { IHttpClient, IOptions } from 'soap';
import { z } from 'zod';
import { ProviderError } from '../../provider-error.js';
import type { HttpClient } from '../kit/http-client.js';
import type { HttpResponse } from '../kit/http-response.js';
import { errorFromStatus } from '../kit/status-error.js';
import { findFault } from './envelope.js';
import { notUnderstood, PROVIDER } from './errors.js';
import { OPERATIONS } from './operations.js';
import type { OperationFacts, OperationName } from './operations.js';
import { escapeTexts } from './xml-text.js';

/** What the log and the kit are told of a call. */
export interface SoapCall {
  readonly operation: OperationName;
  readonly requestId: string | undefined;
  /** The one in the envelope. */
  readonly wireRequestId: string;
  readonly caller: string | undefined;
}

/** One service, as its description says. */
export interface SoapService {
  /**
   * Sends a request and answers the elements of the response, every value as text.
   * @throws ProviderError
   */
  call(call: SoapCall, request: object): Promise<unknown>;
}

export interface SoapServiceOptions {
  /** WSDL, whole in one text. */
  readonly description: string;
  readonly endpoint: string;
  readonly http: HttpClient;
}

/** A user's list of credentials, or the users of a credential, may be long; anything longer is none of it. */
const MAX_RESPONSE_BYTES = 256 * 1024;

const HEADERS = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

const asText = (text: string): string => text;
// Left to itself the library makes numbers, truth values and dates of texts, losing zeros and fractions.
const KEEP_TEXT = Object.fromEntries(
  [
    'integer',
    'int',
    'long',
    'short',
    'decimal',
    'double',
    'float',
    'boolean',
    'bool',
    'dateTime',
    'date',
  ].map((type) => [type, asText]),
);

const soapCall = z.object({
  operation: z.custom<OperationName>((name) => typeof name === 'string' && Object.hasOwn(OPERATIONS, name)),
  requestId: z.string().optional(),
  wireRequestId: z.string(),
  caller: z.string().optional(),
});

const answers = z.array(z.unknown());

/**
 * A client for the service that `description` describes.
 * @throws {Error} when the library does not understand it, without a word of it
 */
export async function openSoapService({
  description,
  endpoint,
  http,
}: SoapServiceOptions): Promise<SoapService> {
  const { createClientAsync } = await import('./soap-library.js');
  const options: IOptions = {
    disableCache: true,
    // Texts are escaped before: the library lets whatever looks like a CDATA section pass as it is.
    escapeXML: false,
    preserveWhitespace: true,
    customDeserializer: KEEP_TEXT,
    httpClient: throughKit(http),
  };
  const client = await createClientAsync(description, options, endpoint).catch(() => {
    throw new Error('the description of a service is not understood');
  });

  return {
    async call(call, request) {
      const { operation } = call;
      const method: unknown = client[`${operation}Async`];
      if (!isMethod(method)) throw new Error(`the description lacks the operation ${operation}`);
      try {
        const answered: unknown = await method(escapeTexts(request), call);
        // Beside it come the raw texts of both ways.
        return answers.parse(answered)[0];
      } catch (error) {
        if (error instanceof ProviderError) throw error;
        // What the library throws may hold the answer, and need not be an Error.
        throw notUnderstood(operation, 'the answer is not what the service is described to give');
      }
    },
  };
}

function isMethod(value: unknown): value is (request: unknown, call: SoapCall) => Promise<unknown> {
  return typeof value === 'function';
}

/** Lets the library's envelopes travel like every other call: with limits, breaker, TLS files and log. */
function throughKit(http: HttpClient): IHttpClient {
  return {
    request(url, envelope: string, callback, _headers, options) {
      const { operation, requestId, wireRequestId, caller } = soapCall.parse(options);
      const { kind, once = false, timeoutMs }: OperationFacts = OPERATIONS[operation];
      const sent = http.request({
        operation,
        kind,
        once,
        method: 'POST',
        url,
        headers: HEADERS,
        body: envelope,
        requestId,
        wireRequestId,
        caller,
        maxResponseBytes: MAX_RESPONSE_BYTES,
        ...(timeoutMs !== undefined && { timeoutMs }),
      });
      sent
        .then((response) => readEnvelope(response, operation))
        .then((text) => void callback(null, { status: 200, headers: {} }, text))
        .catch((error: unknown) => void callback(error));
      // The library takes the answer from the callback and does not look at what is returned.
      return new Promise<never>(() => undefined);
    },
  };
}

function readEnvelope(response: HttpResponse, operation: OperationName): string {
  const text = response.text();
  if (!response.isSuccess) throw fromHttp(response, text);
  const fault = findFault(text, operation);
  if (fault !== undefined) throw notUnderstood(operation, fault);
  return text;
}

function fromHttp({ status, source }: HttpResponse, text: string): ProviderError {
  // A fault of the client: the service has not understood the envelope, so nothing was done (dossier section 4.1).
  if (status === 500 && /<faultcode[^<>]*>\s*(?:\w+:)?Client\b/.test(text)) {
    return new ProviderError('PROVIDER_REJECTED', { provider: PROVIDER, providerCode: 'SOAP_CLIENT_FAULT' });
  }
  return errorFromStatus(status, source);
}
