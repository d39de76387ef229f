import { touch, type Box, type Message } from './box.js';
import type { Service } from './service.js';

/** @returns false when there is nothing left to mark. */
export function markBox(service: Service, box: Box, read: boolean): boolean {
  if (box.status === 'content_deleted') return false;
  mark(service, box, box.messages, read);
  return true;
}

/** @returns false when the SafeBox has no such message. */
export function markMessage(service: Service, box: Box, id: string, read: boolean): boolean {
  const message = box.messages.find((candidate) => String(candidate.id) === id);
  if (message === undefined) return false;
  mark(service, box, [message], read);
  return true;
}

function mark(service: Service, box: Box, messages: readonly Message[], read: boolean): void {
  if (messages.every((message) => message.read === read)) return;
  for (const message of messages) message.read = read;
  touch(box, service.clock.now(), 'no activity');
  service.changed();
}
