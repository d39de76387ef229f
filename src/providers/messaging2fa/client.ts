import type { Clock } from '../../clock.js';
import type { CallOptions } from '../kit/call-options.js';
import type { HttpClient } from '../kit/http-client.js';
import { notUnderstood } from '../kit/parse.js';
import { createRest } from '../kit/rest.js';
import { fromAnswer, PROVIDER } from './errors.js';
import type { MessageSession, OutgoingMessage } from './message.js';
import { OPERATIONS } from './operations.js';
import { checkOutgoing } from './rules.js';

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
  const rest = createRest({
    provider: PROVIDER,
    operations: OPERATIONS,
    locate: () => ({ http }),
    headers: () => ({ 'x-pbm-api-version': apiVersion }),
    refuse: fromAnswer,
  });
  const byId = async (
    operation: 'track' | 'cancel',
    id: string,
    callOptions: CallOptions = {},
  ): Promise<MessageSession> => {
    const session = await rest(callOptions, operation, { path: { id } });
    // Whose statuses these are is all that an approval rests on.
    if (session.messageId === id) return session;
    const kind = operation === 'track' ? 'read' : 'write';
    throw notUnderstood({ provider: PROVIDER, operation, kind }, 'the answer is about another message');
  };

  return {
    async send(message, callOptions = {}) {
      checkOutgoing(message);
      return rest(callOptions, 'send', {
        // All six keys in this order, as the vendor's clients send them; callbackUrl is not offered (doubt D7).
        json: {
          recipients: message.recipients,
          subject: message.subject,
          body: message.body,
          availability: message.availabilitySeconds,
          type: message.type,
          callbackUrl: null,
        },
      });
    },
    track: (messageId, callOptions) => byId('track', messageId, callOptions),
    cancel: (messageId, callOptions) => byId('cancel', messageId, callOptions),
    now: () => clock.now(),
    close: () => http.close(),
  };
}
