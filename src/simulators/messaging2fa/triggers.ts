import type { Message, MessageType, Recipient } from './message.js';
import { expiredStatus, type Status } from './statuses.js';

/** How a recipient behaves by itself: one status per step. */
interface Script {
  readonly path: (type: MessageType) => readonly Status[];
  /** It answers after expiry what it downloaded before. */
  readonly late?: true;
}

const answers = (type: MessageType, answer: 'APPROVED' | 'DENIED'): Status =>
  type === 'authorization' ? answer : 'SEEN';

const fixed = (...path: readonly Status[]): Script => ({ path: () => path });

const SCRIPTS: ReadonlyMap<string, Script> = new Map<string, Script>([
  ['approve', { path: (type) => ['PENDING', 'NOTIFIED', 'DOWNLOADED', answers(type, 'APPROVED')] }],
  ['deny', { path: (type) => ['PENDING', 'NOTIFIED', 'DOWNLOADED', answers(type, 'DENIED')] }],
  ['seen', fixed('PENDING', 'NOTIFIED', 'DOWNLOADED', 'SEEN')],
  ['notified', fixed('PENDING', 'NOTIFIED')],
  ['downloaded', fixed('PENDING', 'NOTIFIED', 'DOWNLOADED')],
  ['nopush', { path: (type) => ['PENDING', 'NOT_NOTIFIED', 'DOWNLOADED', answers(type, 'APPROVED')] }],
  ['unreached', fixed('PENDING')],
  ['nodevice', fixed('NO_DEVICE')],
  ['disabled', fixed('DISABLED')],
  ['failed', fixed('FAILED')],
  ['late', { path: () => ['PENDING', 'NOTIFIED', 'DOWNLOADED'], late: true }],
]);

// Nobody approves by accident: an id without a trigger moves only through the control interface.
const NO_SCRIPT = fixed('PENDING');

/** A late answer comes one step after expiry, but well within the minute senders wait for it. */
const LATEST_ANSWER_MS = 30_000;

/** The word of a recipient id that decides its behaviour: what stands before `@`, up to the first `.`, `+` or `-`. */
export function triggerWord(userId: string): string {
  const localPart = userId.split('@', 1)[0] ?? '';
  return localPart.toLowerCase().split(/[.+-]/, 1)[0] ?? '';
}

/** The status of one recipient at a moment, computed from what is known of the message alone. */
export function statusAt(message: Message, recipient: Recipient, now: number): Status {
  const expired = now >= message.expiresAt;
  if (recipient.set !== undefined) return expired ? expiredStatus(recipient.set) : recipient.set;
  const script = SCRIPTS.get(triggerWord(recipient.userId)) ?? NO_SCRIPT;
  // What was not reached before expiry is not reached.
  const lastMoment = Math.min(now, message.expiresAt - 1);
  const reached = stepAt(script.path(message.type), message, lastMoment);
  if (!expired) return reached;
  if (script.late === undefined || reached !== 'DOWNLOADED') return expiredStatus(reached);
  const answeredAt = message.expiresAt + Math.min(message.stepMs, LATEST_ANSWER_MS);
  return now >= answeredAt ? answers(message.type, 'APPROVED') : reached;
}

function stepAt(path: readonly Status[], { createdAt, stepMs }: Message, now: number): Status {
  const steps = stepMs > 0 ? Math.floor((now - createdAt) / stepMs) : 0;
  return path[Math.min(Math.max(steps, 0), path.length - 1)] ?? 'PENDING';
}
