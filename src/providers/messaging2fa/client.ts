import type { Clock } from '../../clock.js';
import type { HttpClient } from '../kit/http-client.js';
import type { HttpResponse } from '../kit/http-response.js';
import { parseWire } from '../kit/parse.js';
import { errorFromStatus } from '../kit/status-error.js';
import { BUSINESS_ERROR_STATUS, fromBusinessCode } from './errors.js';
import type { MessageSession, OutgoingMessage } from './message.js';
import { checkMessageId, checkOutgoing } from './rules.js';
import { businessError, sessionInfo } from './wire.js';

const PROVIDER = 'messaging2fa';

export interface CallOptions {
  readonly requestId?: string | undefined;
}

/** The messaging API of PassBy[ME] (dossier section 2). Every failure is a `ProviderError`. */
export interface Messaging2faClient {
  /** Pushes a message to every recipient's phone. Never repeated: a lost answer is OUTCOME_UNKNOWN. */
  send(message: OutgoingMessage, options?: CallOptions): Promise<MessageSession>;
  /** Reads the current statuses; changes nothing. */
  track(messageId: string, options?: CallOptions): Promise<MessageSession>;
  /** Withdraws the message from the recipients that are still open. */
  cancel(messageId: string, options?: CallOptions): Promise<MessageSession>;
  /** Milliseconds since the epoch, by the clock this client was given. */
  now(): number;
  close(): Promise<void>;
}

export interface Messaging2faClientOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Value of `X-PBM-API-VERSION` (doubt D14). Default `1`. */
  readonly apiVersion?: string;
}

export function createMessaging2faClient(options: Messaging2faClientOptions): Messaging2faClient {
  const { http, clock, apiVersion = '1' } = options;
  const headers = { 'x-pbm-api-version': apiVersion };

  const byId = async (
    operation: 'track' | 'cancel',
    method: 'GET' | 'DELETE',
    messageId: string,
    { requestId }: CallOptions,
  ): Promise<MessageSession> => {
    checkMessageId(messageId);
    const kind = operation === 'track' ? 'read' : 'write';
    const response = await http.request({
      operation,
      kind,
      method,
      path: `/frontend/messages/${encodeURIComponent(messageId)}`,
      headers,
      requestId,
    });
    return toSession(operation, kind, response);
  };

  return {
    async send(message, { requestId } = {}) {
      checkOutgoing(message);
      const response = await http.request({
        operation: 'send',
        kind: 'write',
        method: 'POST',
        path: '/frontend/messages',
        headers: { ...headers, 'content-type': 'application/json' },
        // All six keys in this order, as the vendor's clients send them; callbackUrl is not offered (doubt D7).
        body: JSON.stringify({
          recipients: message.recipients,
          subject: message.subject,
          body: message.body,
          availability: message.availabilitySeconds,
          type: message.type,
          callbackUrl: null,
        }),
        requestId,
      });
      return toSession('send', 'write', response);
    },
    track: (messageId, callOptions = {}) => byId('track', 'GET', messageId, callOptions),
    cancel: (messageId, callOptions = {}) => byId('cancel', 'DELETE', messageId, callOptions),
    now: () => clock.now(),
    close: () => http.close(),
  };
}

function toSession(operation: string, kind: 'read' | 'write', response: HttpResponse): MessageSession {
  const source = { provider: PROVIDER, operation };
  if (response.status === BUSINESS_ERROR_STATUS) {
    throw fromBusinessCode(parseWire(businessError, response.json(), source).code);
  }
  if (response.status !== 200) throw errorFromStatus(response.status, { provider: PROVIDER, kind });
  const info = parseWire(sessionInfo, response.json(), source);
  return {
    messageId: info.messageId,
    expiresAt: Date.parse(info.expirationDate),
    recipients: info.recipients,
    secureId: info.secureId ?? null,
  };
}
