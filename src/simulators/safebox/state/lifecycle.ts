import { documentsOf, touch, type Box } from './box.js';
import { addTime } from './duration.js';
import { record } from './events.js';
import { performAct } from './guest-acts.js';
import { nextAct, type DueAct } from './guest-scripts.js';
import type { Service } from './service.js';

/** Who ends something: the owner, from an address, or the clock. */
export type EndedBy = { readonly email: string; readonly ip: string } | 'time';

/**
 * Brings a SafeBox up to the present: everything that fell due since it was last looked at happens now, in order and
 * each at its own moment. Nothing has to run while nobody looks.
 */
export function settle(service: Service, box: Box): void {
  const now = service.clock.now();
  for (let due = nextChange(service, box); due !== undefined && due.at <= now; due = nextChange(service, box))
    due.happen();
}

/** @returns false when it is not open. */
export function close(service: Service, box: Box, at: number, by: EndedBy): boolean {
  if (box.status !== 'in_progress') return false;
  box.status = 'closed';
  box.closedAt = at;
  box.deleteContentOn = contentDeletion(service, box, at, by);
  touch(box, at, by === 'time' ? 'no activity' : 'activity');
  record(box, by === 'time' ? 'closedByTime' : 'closedByOwner', { at, ...detailsOf(by) });
  service.changed();
  return true;
}

/** @returns false when it is not closed. */
export function deleteContent(service: Service, box: Box, at: number, by: EndedBy): boolean {
  if (box.status !== 'closed') return false;
  box.formerDocuments = documentsOf(box);
  for (const { id } of box.formerDocuments) service.documents.remove(id);
  box.status = 'content_deleted';
  box.contentDeletedAt = at;
  box.messages = [];
  touch(box, at, by === 'time' ? 'no activity' : 'activity');
  record(box, by === 'time' ? 'contentDeletedByTime' : 'contentDeletedByOwner', { at, ...detailsOf(by) });
  service.changed();
  return true;
}

interface Change {
  readonly at: number;
  happen(): void;
}

function nextChange(service: Service, box: Box): Change | undefined {
  if (box.status === 'closed') {
    const at = box.deleteContentOn;
    return at === null ? undefined : { at, happen: () => void deleteContent(service, box, at, 'time') };
  }
  if (box.status !== 'in_progress') return undefined;
  const at = box.expiration;
  const act = earliestAct(service, box);
  if (act === undefined || act.at >= at) return { at, happen: () => void close(service, box, at, 'time') };
  return {
    at: act.at,
    happen() {
      act.guest.scriptPosition += 1;
      performAct(service, box, act.guest, act.act, act.at);
    },
  };
}

function earliestAct({ stepMs }: Service, box: Box): DueAct | undefined {
  let earliest: DueAct | undefined;
  for (const guest of box.guests) {
    const act = nextAct(box, guest, stepMs);
    if (act !== undefined && (earliest === undefined || act.at < earliest.at)) earliest = act;
  }
  return earliest;
}

// Content to be discarded at expiration is so one step after a SafeBox closed by itself, and not before its time
// after one closed by hand.
function contentDeletion(service: Service, box: Box, at: number, by: EndedBy): number | null {
  const {
    retention_period_type: type,
    retention_period_value: value,
    retention_period_unit: unit,
  } = box.options;
  if (type === 'discard_at_expiration') return by === 'time' ? at + service.stepMs : box.expiration;
  if (type === 'do_not_discard' || value === null || unit === null) return null;
  return addTime(at, value, unit);
}

function detailsOf(by: EndedBy): { details: Record<string, string> } {
  return { details: by === 'time' ? {} : { ...by } };
}
