import type { Clock } from '../clock.js';
import { originOf, type EventOrigin } from '../event-origin.js';
import { happenings } from '../happenings.js';
import { span } from '../spans.js';

/** Of all clients that are told an event, one shows the way in its trace. */
const traced = new WeakSet<EventOrigin>();

/**
 * Answers what tells whoever measures that an event has been given to the socket of a client who is there from now on:
 * what was observed before is not late for them.
 */
export function deliveries(transport: 'stream' | 'websocket', clock: Clock): (result: object) => void {
  const since = clock.now();
  return (result) => {
    const origin = originOf(result);
    if (!origin || origin.observedAt < since) return;
    const { field, trace: under } = origin;
    const latencyMs = clock.now() - origin.observedAt;
    happenings.delivery.tell({ field, transport, latencyMs });
    if (under === undefined || traced.has(origin)) return;
    traced.add(origin);
    span({ name: `deliver ${field}`, facts: { transport, latencyMs }, under }, () => undefined);
  };
}
