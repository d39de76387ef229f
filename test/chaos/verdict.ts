import type { History } from './history.js';
import type { Overlap } from './overlaps.js';
import type { Reader, Received } from './reader.js';
import { LOCK_MS, STALLED_EVERY_MS } from './settings.js';
import { progressOf, type World } from './world.js';

/** What readers were told, against what happened. Only the first three lines are no mistakes. */
export interface Verdict {
  readers: number;
  events: number;
  /** Milliseconds from each change at the provider to each client that was told of it. */
  readonly latenciesMs: number[];
  /** The same while nothing was broken. */
  readonly calmLatenciesMs: number[];
  /** Numbers that were skipped, or kept and never told; statuses that the provider showed for long or told often, and nobody told. */
  lost: number;
  /** Events told twice, and ends after the end. */
  duplicated: number;
  /** Numbers or statuses that went back. */
  outOfOrder: number;
  /** Statuses that were told and had not been there by then. */
  invented: number;
  /** Readers who were never told the end. */
  forgotten: number;
  /** Readers whose last event is not what is. */
  wrong: number;
  /** Reads of one message at the same time without a frozen process or a Redis restart to blame. */
  overlaps: number;
}

export function emptyVerdict(): Verdict {
  return {
    ...{ readers: 0, events: 0, latenciesMs: [], calmLatenciesMs: [] },
    ...{ lost: 0, duplicated: 0, outOfOrder: 0, invented: 0, forgotten: 0, wrong: 0, overlaps: 0 },
  };
}

/** Whether nothing went wrong. */
export function isFlawless(verdict: Verdict): boolean {
  const { lost, duplicated, outOfOrder, invented, forgotten, wrong, overlaps } = verdict;
  return lost + duplicated + outOfOrder + invented + forgotten + wrong + overlaps === 0;
}

/** Adds what one reader was told to the verdict. */
export function judgeReader(verdict: Verdict, reader: Reader, world: World, latenciesMs: number[]): void {
  const { messageId, received } = reader;
  verdict.readers += 1;
  verdict.events += received.length;
  for (const [at, event] of received.entries()) {
    const before = received[at - 1];
    if (before) judgeStep(verdict, before, event);
    if (event.hasMissedEvents) verdict.lost += 1;
    for (const { userId, to } of event.changes) {
      const changedAt = world.changedAt(messageId, userId, to);
      // The first event tells the state as it was found, not a change as it came.
      if (changedAt !== undefined && at > 0) latenciesMs.push(event.receivedAt - changedAt);
    }
  }
  const last = received.at(-1);
  if (!last?.isTerminal) verdict.forgotten += 1;
  if (!isTold(reader, world)) verdict.wrong += 1;
}

/** Whether the last thing a reader was told is what the provider says. */
export function isTold({ messageId, received }: Reader, world: World): boolean {
  const statuses = world.statusesOf(messageId);
  const recipients = received.at(-1)?.twoFactorMessage.recipients;
  return recipients?.every(({ userId, status }) => statuses.get(userId) === status) ?? false;
}

/**
 * Compares what the readers of one message were told with what the provider has told: a status that it answered again and
 * again must have come to one of them, and none may have come that was not there, or before it was there.
 */
export function judgeTruth(
  verdict: Verdict,
  messageId: string,
  readers: readonly Reader[],
  world: World,
  history: History,
): void {
  const told = new Set<string>();
  for (const { received } of readers)
    for (const { receivedAt, twoFactorMessage } of received)
      for (const { userId, status } of twoFactorMessage.recipients) {
        told.add(`${userId} ${status}`);
        if ((world.changedAt(messageId, userId, status) ?? Infinity) <= receivedAt) continue;
        verdict.invented += 1;
        history.note('invented', { messageId, userId, status });
      }
  for (const { userId, status } of world.toldOften(messageId)) {
    if (told.has(`${userId} ${status}`)) continue;
    verdict.lost += 1;
    history.note('never told', { messageId, userId, status });
  }
}

/** Compares what a reader was told with what somebody is told who asks afterwards for all behind the same event. */
export function judgeAudit(verdict: Verdict, { received }: Reader, audit: Reader): void {
  const told = new Set(received.map(({ sequence }) => sequence));
  for (const { sequence, isTerminal } of audit.received) {
    if (told.has(sequence)) continue;
    if (isTerminal) verdict.duplicated += 1;
    else verdict.lost += 1;
  }
}

/** Adds the overlapping reads that nothing explains. */
export function judgeOverlaps(verdict: Verdict, overlaps: readonly Overlap[], history: History): void {
  verdict.overlaps += overlaps.filter(
    ({ at }) => !history.wasDisturbed(at, LOCK_MS + STALLED_EVERY_MS),
  ).length;
}

function judgeStep(verdict: Verdict, before: Received, event: Received): void {
  const step = event.sequence - before.sequence;
  if (step === 0 || before.isTerminal) verdict.duplicated += 1;
  else if (step < 0) verdict.outOfOrder += 1;
  else verdict.lost += step - 1;
  const known = new Map(
    before.twoFactorMessage.recipients.map(({ userId, status }) => [userId, progressOf(status)]),
  );
  const goesBack = event.twoFactorMessage.recipients.some(
    ({ userId, status }) => progressOf(status) < (known.get(userId) ?? 0),
  );
  if (goesBack) verdict.outOfOrder += 1;
}
