import { z } from 'zod';
import { ControlError, does, shows } from '../kit/control.js';
import type { ClientCertificateMode } from '../kit/listener.js';
import type { Control } from '../kit/simulate.js';
import { applicationOf, TRUSTED_LABELS } from './applications.js';
import type { Message, MessageType } from './message.js';
import type { MessageStore, MessageText } from './message-store.js';
import { STATUSES, type Status } from './statuses.js';
import { statusAt } from './triggers.js';

const certificateSchema = z.strictObject({ certificate: z.enum(TRUSTED_LABELS) });

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

/** The parts of a running simulator that can be moved. */
export interface ControlledParts {
  readonly store: MessageStore;
  /** Applications whose certificate is revoked. */
  readonly revoked: Set<string>;
  readonly tls: { mode: ClientCertificateMode };
}

/** How the simulated messaging service is moved from outside. */
export function controlOf({ store, revoked, tls }: ControlledParts) {
  return {
    verbs: {
      setStatus: does(
        z.strictObject({ messageId: z.string(), userId: z.string(), status: z.enum(STATUSES) }),
        'What a phone or the service would do; the recipient then moves no more by itself, except by expiry.',
        ({ messageId, userId, status }) => {
          const message = store.find(messageId);
          const places = (message?.recipients ?? []).flatMap((to, place) =>
            to.userId === userId ? place : [],
          );
          if (message === undefined || places.length === 0)
            throw new ControlError('no message with this id has this recipient');
          for (const place of places) store.setStatus(message, place, status);
        },
      ),
      revokeCertificate: does(
        certificateSchema,
        'The holder of the certificate is answered CERTIFICATE_REVOKED.',
        ({ certificate }) => void revoked.add(applicationOf(certificate)),
      ),
      restoreCertificate: does(
        certificateSchema,
        'The certificate is good again.',
        ({ certificate }) => void revoked.delete(applicationOf(certificate)),
      ),
      setClientCertificateMode: does(
        z.strictObject({ mode: z.enum(['strict', 'lenient']) }),
        'What happens to new connections without a good client certificate: `strict`, as at start, refuses the TLS handshake, `lenient` answers 401.',
        ({ mode }) => {
          tls.mode = mode;
        },
      ),
    },
    nouns: {
      messages: shows(
        `The newest ${LISTED_MESSAGES} messages, newest first. Texts of messages sent before a restart are not known.`,
        () => store.newest(LISTED_MESSAGES).map((message) => view(store, message)),
      ),
    },
  };
}

/** Moves the simulated messaging service from outside. */
export type Messaging2faControl = Control<ReturnType<typeof controlOf>>;

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
