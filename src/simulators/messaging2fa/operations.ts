import { emptyAnswer, jsonAnswer, type HttpAnswer } from '../kit/answer.js';
import { parseJson, readBody } from '../kit/body.js';
import type { Call, Handler, Operation } from '../kit/host.js';
import { ALPHANUMERIC, randomText } from '../kit/random.js';
import type { SimulatorKit } from '../kit/simulate.js';
import { callingApplication } from './applications.js';
import { anyBusinessError, businessError } from './error-codes.js';
import type { Message } from './message.js';
import type { MessageStore } from './message-store.js';
import { describeMistake, sendRequestSchema, type SendRequest } from './send-request.js';
import { isOpen } from './statuses.js';
import { statusAt, triggerWord } from './triggers.js';

/** The three operations of the messaging API (dossier section 2.1). */
export function operationsOf(kit: Pick<SimulatorKit, 'random' | 'stepMs'>, store: MessageStore) {
  const called = (operation: (context: OperationContext) => HttpAnswer | Promise<HttpAnswer>): Handler => {
    return (call) => {
      const application = callingApplication(call.request) ?? '';
      return operation({ ...call, ...kit, store, application });
    };
  };
  return {
    sendMessage: ['POST /frontend/messages', called(sendMessage)],
    trackMessage: ['GET /frontend/messages/:messageId', called(trackMessage)],
    cancelMessage: ['DELETE /frontend/messages/:messageId', called(cancelMessage)],
  } satisfies Record<string, Operation>;
}

interface OperationContext extends Call, Pick<SimulatorKit, 'random' | 'stepMs'> {
  readonly store: MessageStore;
  /** The application whose certificate the caller holds. */
  readonly application: string;
}

// The label of the body's type is not looked at: one published client calls its JSON form data.
async function sendMessage(context: OperationContext): Promise<HttpAnswer> {
  const { store, request } = context;
  const body = await readBody(request);
  const parsed = sendRequestSchema.safeParse(parseJson(body.toString('utf8')));
  if (!parsed.success) return businessError('MALFORMED_INPUT', describeMistake(parsed.error));
  const wanted = triggeredError(parsed.data);
  if (wanted !== undefined) return wanted;
  const message = createMessage(context, parsed.data);
  const { subject, body: text, callbackUrl } = parsed.data;
  store.add(message, { subject, body: text, callbackUrl });
  return sessionInfo(message, store.clock.now());
}

function trackMessage(context: OperationContext): HttpAnswer {
  const message = ownMessage(context);
  if (message === undefined) return businessError('INVALID_SESSION_ID');
  return sessionInfo(message, context.store.clock.now());
}

function cancelMessage(context: OperationContext): HttpAnswer {
  const { store } = context;
  const message = ownMessage(context);
  if (message === undefined) return businessError('INVALID_SESSION_ID');
  const now = store.clock.now();
  const expired = now >= message.expiresAt;
  const statuses = message.recipients.map((recipient) => statusAt(message, recipient, now));
  if (!statuses.some((status) => status === 'CANCELLED' || isOpen(status, expired)))
    return businessError('ALREADY_COMPLETED');
  for (const [index, status] of statuses.entries()) {
    if (isOpen(status, expired)) store.setStatus(message, index, 'CANCELLED');
  }
  return sessionInfo(message, now);
}

function createMessage(context: OperationContext, request: SendRequest): Message {
  const { store, random, stepMs, application } = context;
  const createdAt = store.clock.now();
  return {
    messageId: `@pbmsim1-${application}-${randomText(random, 8, ALPHANUMERIC)}`,
    secureId: randomText(random, 6, ALPHANUMERIC),
    application,
    type: request.type,
    createdAt,
    expiresAt: createdAt + request.availability * 1000,
    stepMs,
    recipients: request.recipients.map((userId) => ({ userId })),
  };
}

/** The SessionInfo of the dossier, section 3.3. */
function sessionInfo(message: Message, now: number): HttpAnswer {
  return jsonAnswer(200, {
    messageId: message.messageId,
    expirationDate: new Date(message.expiresAt).toISOString(),
    recipients: message.recipients.map((recipient) => ({
      userId: recipient.userId,
      status: statusAt(message, recipient, now),
    })),
    secureId: message.secureId,
  });
}

// Somebody else's message answers like an unknown one.
function ownMessage({ store, application, params }: OperationContext): Message | undefined {
  const message = store.find(params['messageId'] ?? '');
  return message?.application === application ? message : undefined;
}

function triggeredError({ recipients, subject }: SendRequest): HttpAnswer | undefined {
  const words = new Set(recipients.map(triggerWord));
  if (words.has('err500')) return emptyAnswer(500);
  if (words.has('err420')) return anyBusinessError(subject || 'ERROR', 'An error the sender asked for.');
  return undefined;
}
