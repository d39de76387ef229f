import { z } from 'zod';
import type { CallCounters } from '../kit/call-counters.js';
import { ControlError, verb, type ControlInterface } from '../kit/control.js';
import { faultSchema, type Fault, type FaultInjector } from '../kit/faults.js';
import type { ClientCertificateMode } from '../kit/listener.js';
import { applicationOf, TRUSTED_LABELS } from './applications.js';
import type { Message, MessageType } from './message.js';
import type { MessageStore, MessageText } from './message-store.js';
import { STATUSES, type Status } from './statuses.js';
import { statusAt } from './triggers.js';

const setStatusSchema = z.strictObject({
  messageId: z.string(),
  userId: z.string(),
  status: z.enum(STATUSES),
});
const advanceClockSchema = z.strictObject({ ms: z.int().min(0) });
const certificateSchema = z.strictObject({ certificate: z.enum(TRUSTED_LABELS) });
const clientCertificateModeSchema = z.strictObject({ mode: z.enum(['strict', 'lenient']) });

const LISTED_MESSAGES = 200;

/** A message as the phones and the provider's administrators would see it. */
export interface MessageView extends MessageText {
  readonly messageId: string;
  readonly secureId: string;
  /** `serialNumber` of the certificate that sent it. */
  readonly application: string;
  readonly type: MessageType;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly expirationDate: string;
  readonly recipients: readonly { readonly userId: string; readonly status: Status }[];
}

/** Moves the simulated messaging service from outside. */
export interface Messaging2faControl {
  /** What a phone or the service would do; the recipient then moves no more by itself, except by expiry. */
  setStatus(input: z.infer<typeof setStatusSchema>): void;
  /** Moves the service's time ahead of the real one; it stays ahead over restarts. */
  advanceClock(input: z.infer<typeof advanceClockSchema>): void;
  /** ISO 8601, the service's time. */
  time(): string;
  /** The newest 200, newest first. Texts of messages sent before a restart are not known. */
  messages(): MessageView[];
  revokeCertificate(input: z.infer<typeof certificateSchema>): void;
  restoreCertificate(input: z.infer<typeof certificateSchema>): void;
  /** What happens to new connections without a good client certificate; the mode is `strict` at start. */
  setClientCertificateMode(input: z.infer<typeof clientCertificateModeSchema>): void;
  /** Lets the next calls go wrong; operations are `sendMessage`, `trackMessage`, `cancelMessage`, `unknown`. */
  injectFault(fault: Fault): void;
  clearFaults(): void;
  /** How often each operation was called. */
  calls(): Readonly<Record<string, number>>;
  resetCalls(): void;
}

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly store: MessageStore;
  readonly faults: FaultInjector;
  readonly counters: CallCounters;
  /** Applications whose certificate is revoked. */
  readonly revoked: Set<string>;
  setClientCertificateMode(mode: ClientCertificateMode): void;
}

export function createControl(parts: ControlledParts): Messaging2faControl {
  const { store, faults, counters, revoked } = parts;
  return {
    setStatus({ messageId, userId, status }) {
      const recipients = store.find(messageId)?.recipients ?? [];
      const places = [...recipients.keys()].filter((place) => recipients[place]?.userId === userId);
      if (places.length === 0) throw new ControlError('no message with this id has this recipient');
      for (const place of places) store.setStatus(messageId, place, status);
    },
    advanceClock: ({ ms }) => store.advance(ms),
    time: () => new Date(store.clock.now()).toISOString(),
    messages: () => store.newest(LISTED_MESSAGES).map((message) => view(store, message)),
    revokeCertificate: ({ certificate }) => void revoked.add(applicationOf(certificate)),
    restoreCertificate: ({ certificate }) => void revoked.delete(applicationOf(certificate)),
    setClientCertificateMode: ({ mode }) => parts.setClientCertificateMode(mode),
    injectFault: (fault) => faults.inject(fault),
    clearFaults: () => faults.clear(),
    calls: () => counters.snapshot(),
    resetCalls: () => counters.reset(),
  };
}

/** The same functions, for the loopback control port. */
export function controlInterface(control: Messaging2faControl): ControlInterface {
  const nothing = z.strictObject({});
  return {
    verbs: {
      setStatus: verb(setStatusSchema, control.setStatus),
      advanceClock: verb(advanceClockSchema, control.advanceClock),
      revokeCertificate: verb(certificateSchema, control.revokeCertificate),
      restoreCertificate: verb(certificateSchema, control.restoreCertificate),
      setClientCertificateMode: verb(clientCertificateModeSchema, control.setClientCertificateMode),
      injectFault: verb(faultSchema, control.injectFault),
      clearFaults: verb(nothing, control.clearFaults),
      resetCalls: verb(nothing, control.resetCalls),
    },
    nouns: { time: control.time, messages: control.messages, calls: control.calls },
  };
}

function view(store: MessageStore, message: Message): MessageView {
  const now = store.clock.now();
  const { messageId, secureId, application, type, createdAt, expiresAt, recipients } = message;
  return {
    messageId,
    secureId,
    application,
    type,
    ...store.textOf(messageId),
    createdAt: new Date(createdAt).toISOString(),
    expirationDate: new Date(expiresAt).toISOString(),
    recipients: recipients.map((recipient) => ({
      userId: recipient.userId,
      status: statusAt(message, recipient, now),
    })),
  };
}
