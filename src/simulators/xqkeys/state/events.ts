import { ASSUMED } from '../assumptions.js';
import type { EventRecord, KeyRecord } from './records.js';
import type { World } from './world.js';

const KEPT_EVENTS = 20_000;

/** Adds to the audit trail of a key. @param timestamp milliseconds; when it is past, the event takes its place there. */
export function recordEvent(
  world: World,
  key: Pick<KeyRecord, 'locator' | 'teamId'>,
  event: Pick<EventRecord, 'user'> & {
    readonly what: keyof typeof ASSUMED.actions;
    readonly timestamp?: number;
    readonly data?: string;
    readonly ip?: string;
  },
): void {
  const { events } = world.records;
  const { what, timestamp = world.now(), user, data = '', ip = '' } = event;
  const record = {
    id: world.nextId(),
    timestamp,
    action: ASSUMED.actions[what],
    user,
    token: key.locator,
    teamId: key.teamId,
    data,
    threat: ASSUMED.threat,
    ip,
  };
  const after = events.findLastIndex((other) => other.timestamp <= timestamp);
  events.splice(after + 1, 0, record);
  if (events.length > KEPT_EVENTS) events.shift();
  world.changed();
}
