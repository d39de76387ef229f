import { look, tell } from '../simulators/control.js';

/** A question as a phone shows it, whichever provider sent it. */
export interface PhonePush {
  readonly provider: 'messaging2fa' | 'vipidentity';
  readonly id: string;
  readonly person: string;
  readonly title: string;
  readonly text: string | undefined;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** The code that the sender shows too. */
  readonly secureId: string | undefined;
}

interface Message {
  readonly messageId: string;
  readonly secureId: string;
  readonly subject?: string;
  readonly body?: string;
  readonly expirationDate: string;
  readonly recipients: readonly { readonly userId: string; readonly status: string }[];
}

interface VipPush {
  readonly transactionId: string;
  readonly userId?: string;
  readonly displayParameters: readonly { readonly Key: string; readonly Value: string }[];
  readonly expiresAt: string;
  readonly status: string;
}

const OPEN_STATUSES = ['PENDING', 'NOTIFIED', 'NOT_NOTIFIED', 'DOWNLOADED'];
const VIP_OPEN = '7001';
const VIP_ANSWERS = { approve: '7000', deny: '7002' };

/** What waits on all phones, newest first. */
export async function pendingPushes(): Promise<PhonePush[]> {
  const [messages, pushes] = await Promise.all([
    look<Message[]>('messaging2fa', 'messages'),
    look<VipPush[]>('vipidentity', 'pushes'),
  ]);
  return [...messages.flatMap(onPhonesOf), ...pushes.flatMap(onVipPhone).reverse()];
}

function onPhonesOf({
  messageId,
  secureId,
  subject,
  body,
  expirationDate,
  recipients,
}: Message): PhonePush[] {
  return recipients
    .filter(({ status }) => OPEN_STATUSES.includes(status))
    .map(({ userId }) => ({
      provider: 'messaging2fa',
      id: messageId,
      person: userId,
      title: subject ?? 'A question',
      text: body,
      expiresAt: expirationDate,
      secureId,
    }));
}

function onVipPhone({ transactionId, userId, displayParameters, expiresAt, status }: VipPush): PhonePush[] {
  if (status !== VIP_OPEN) return [];
  const shown = (key: string): string | undefined =>
    displayParameters.find(({ Key }) => Key.toLowerCase().endsWith(key))?.Value;
  return [
    {
      provider: 'vipidentity',
      id: transactionId,
      person: userId ?? 'a credential',
      title: shown('title') ?? 'Sign in?',
      text: shown('text'),
      expiresAt,
      secureId: undefined,
    },
  ];
}

/** Taps on the phone. */
export function answerPush(
  { provider, id, person }: PhonePush,
  answer: 'approve' | 'deny',
): Promise<unknown> {
  return provider === 'vipidentity'
    ? tell(provider, 'endPush', { transactionId: id, status: VIP_ANSWERS[answer] })
    : tell(provider, 'setStatus', {
        messageId: id,
        userId: person,
        status: answer === 'approve' ? 'APPROVED' : 'DENIED',
      });
}
